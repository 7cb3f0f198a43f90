import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '../../github/octokit/client.ts';
import { type Uploaded, uploadSarif } from '../../github/octokit/code-scanning.ts';
import { type LintReport, levels } from '../../sql/finding.ts';
import { asSarif } from '../formats/sarif.ts';
import { remark } from '../output.ts';
import type { Target } from './target.ts';

/** Code scanning keeps this many results of a run (REST reference, "Upload an analysis as SARIF data"). */
const kept = 5_000;

/** Uploads the findings for the head of the pull request, and says what became of it where that is not the expected. */
export async function upload(
  client: Client,
  { owner, repo, number }: Target,
  commit: string,
  report: LintReport,
): Promise<Uploaded> {
  const sarif = asSarif(withinLimit(report), (file) => file);
  const uploaded = await uploadSarif(client, { owner, repo, pull: number, commit, tool: report.tool, sarif }, (ms) =>
    pause(ms),
  );
  if (uploaded.kind === 'refused')
    remark(`code scanning did not take the findings: ${uploaded.why}. ${uploaded.remedy}`);
  if (uploaded.kind === 'processing') remark('code scanning has the findings and is still reading them');
  return uploaded;
}

/** The gravest, where there are more than are kept; what is suppressed comes last. */
function withinLimit(report: LintReport): LintReport {
  const findings = report.findings.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level)).slice(0, kept);
  const suppressed = report.suppressed.slice(0, kept - findings.length);
  const dropped = report.findings.length + report.suppressed.length - findings.length - suppressed.length;
  if (dropped > 0) remark(`code scanning keeps ${kept} results: ${dropped} are left out`);
  return { ...report, findings, suppressed };
}
