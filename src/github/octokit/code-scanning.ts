import { gzipSync } from 'node:zlib';
import { messageOf } from '../../kernel/errors.ts';
import { type At, type Client, statusOf } from './client.ts';
import { isForbidden } from './forbidden.ts';

export interface Analysis extends At {
  readonly pull: number;
  readonly commit: string;
  readonly tool: string;
  readonly sarif: string;
}

/** What became of an upload. `processing`: GitHub has it, and has not read it yet. */
export type Uploaded =
  | { readonly kind: 'stored' | 'processing' }
  | { readonly kind: 'refused'; readonly why: string; readonly remedy: string };

/** A larger file is refused (documentation, "SARIF results file is too large"), in bytes, compressed. */
const mostBytes = 10_000_000;
/** How often GitHub is asked whether it has read the file, and how long in between, in milliseconds. */
const looks = { times: 4, pause: 1_500 } as const;

/**
 * Hands an analysis of a pull request's head to code scanning (REST reference, "Upload an analysis as SARIF data"). That a
 * repository does not have code scanning, or the token no leave, is an answer and no failure.
 */
export async function uploadSarif(
  client: Client,
  { owner, repo, pull, commit, tool, sarif }: Analysis,
  pause: (ms: number) => Promise<unknown>,
): Promise<Uploaded> {
  const packed = gzipSync(sarif);
  if (packed.length > mostBytes)
    return refused(`it has ${packed.length} bytes compressed, and GitHub takes ${mostBytes}`, 'Review fewer files');
  try {
    const { data } = await client.request('POST /repos/{owner}/{repo}/code-scanning/sarifs', {
      owner,
      repo,
      commit_sha: commit,
      ref: `refs/pull/${pull}/head`,
      sarif: packed.toString('base64'),
      tool_name: tool,
    });
    return await outcome(client, { owner, repo }, data.id ?? '', pause);
  } catch (error) {
    const status = statusOf(error);
    if (isForbidden(error))
      return refused('the token may not', 'Put `security-events: write` under `permissions:` of the job');
    if (status === 403 && /enabled/i.test(messageOf(error)))
      return refused(
        'code scanning is off in this repository',
        'Switch it on in the settings of the repository, or leave --upload-sarif out',
      );
    if (status !== undefined && [400, 404, 410, 413, 422, 503].includes(status))
      return refused(
        `GitHub says ${status}: ${messageOf(error).split('\n', 1)[0]}`,
        'The review itself is not touched by it',
      );
    throw error;
  }
}

async function outcome(
  client: Client,
  at: At,
  sarif_id: string,
  pause: (ms: number) => Promise<unknown>,
): Promise<Uploaded> {
  for (let look = 0; look < looks.times; look += 1) {
    if (look > 0) await pause(looks.pause);
    const { data } = await client.request('GET /repos/{owner}/{repo}/code-scanning/sarifs/{sarif_id}', {
      ...at,
      sarif_id,
    });
    if (data.processing_status === 'complete') return { kind: 'stored' };
    if (data.processing_status === 'failed')
      return refused((data.errors ?? []).join('; ') || 'GitHub could not process it', 'Please report this');
  }
  return { kind: 'processing' };
}

function refused(why: string, remedy: string): Uploaded {
  return { kind: 'refused', why, remedy };
}
