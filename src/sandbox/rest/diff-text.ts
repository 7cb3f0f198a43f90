import type { FileDiff } from '../git/compare.ts';
import type { Commit } from '../git/store.ts';
import { Refusal } from '../refusal.ts';

/** Beyond these GitHub refuses to show a diff as text (GITHUB.md section 7). */
const limits = { files: 300, lines: 20_000 } as const;

const none = '0000000';

function short(oid: string | null): string {
  return oid ? oid.slice(0, 7) : none;
}

function header(file: FileDiff): string[] {
  const before = file.previousPath ?? file.path;
  const head = [`diff --git a/${before} b/${file.path}`];
  if (file.status === 'added') head.push(`new file mode ${file.mode}`);
  if (file.status === 'removed') head.push(`deleted file mode ${file.mode}`);
  if (file.status === 'renamed') {
    if (file.beforeOid === file.oid) head.push('similarity index 100%');
    head.push(`rename from ${before}`, `rename to ${file.path}`);
  }
  if (file.beforeOid === file.oid && file.status !== 'removed') return head;
  const after = file.status === 'removed' ? null : file.oid;
  const mode = file.status === 'modified' || file.status === 'renamed' ? ` ${file.mode}` : '';
  head.push(`index ${short(file.beforeOid)}..${short(after)}${mode}`);
  if (file.patch === null) return head;
  head.push(file.status === 'added' ? '--- /dev/null' : `--- a/${before}`);
  head.push(file.status === 'removed' ? '+++ /dev/null' : `+++ b/${file.path}`);
  return head;
}

/** A diff as `git diff` prints it; 406 when it is too large. */
export function diffText(files: readonly FileDiff[]): string {
  const lines = files.reduce((sum, file) => sum + file.additions + file.deletions, 0);
  if (files.length > limits.files || lines > limits.lines) {
    const message = `Sorry, the diff exceeded the maximum number of ${files.length > limits.files ? `files (${limits.files})` : `lines (${limits.lines})`}`;
    throw new Refusal(406, message, [{ resource: 'PullRequest', field: 'diff', code: 'too_large' }]);
  }
  return files
    .flatMap((file) => {
      const binary = file.binary ? [`Binary files a/${file.previousPath ?? file.path} and b/${file.path} differ`] : [];
      return [...header(file), ...(file.patch === null ? binary : [file.patch])];
    })
    .map((line) => `${line}\n`)
    .join('');
}

/** A commit as `git format-patch` prints it. */
export function patchText(commit: Commit, files: readonly FileDiff[]): string {
  const [subject = '', ...rest] = commit.message.split('\n');
  return [
    `From ${commit.oid} Mon Sep 17 00:00:00 2001`,
    `From: ${commit.author.name} <${commit.author.email}>`,
    `Date: ${new Date(commit.author.date).toUTCString().replace('GMT', '+0000')}`,
    `Subject: [PATCH] ${subject}`,
    rest.join('\n'),
    '---',
    '',
    diffText(files),
  ].join('\n');
}
