import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { objectType } from '../git/objects.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import type { Repository } from '../state/repository.ts';
import type { SarifUpload } from '../state/sarif.ts';
import { needs, permit } from './access.ts';

export interface SarifInput {
  readonly commitSha: string;
  readonly ref: string;
  /** SARIF, compressed with gzip, in base64. */
  readonly sarif: string;
  readonly toolName: string | undefined;
}

/** GitHub's limits (REST reference, "Upload an analysis as SARIF data"; "SARIF results file is too large"). */
const most = { bytes: 10_000_000, runs: 20, results: 25_000, rules: 25_000 } as const;

/** Takes an analysis. What does not look like one is refused; what is wrong inside is said of the upload. */
export async function uploadSarif(
  site: Site,
  actor: Actor,
  repository: Repository,
  { commitSha, ref, sarif, toolName }: SarifInput,
): Promise<SarifUpload> {
  permit(site, actor, repository, needs.writeCodeScanning);
  permitCodeScanning(repository);
  if (!/^[0-9a-f]{40}$/i.test(commitSha)) throw malformed('commit_sha', commitSha);
  if (!/^refs\/(?:heads|tags|pull)\/.*$/.test(ref)) throw malformed('ref', ref);
  if (Buffer.byteLength(sarif, 'base64') > most.bytes) throw new Refusal(413, 'Payload Too Large');
  const text = unpacked(sarif);
  if ((await objectType(site.gitOf(repository), commitSha)) !== 'commit') throw new Refusal(404, 'commit not found');
  const upload: SarifUpload = {
    id: randomUUID(),
    repositoryId: repository.id,
    commitSha,
    ref,
    toolName: toolName ?? 'API',
    sarif: text,
    errors: errorsIn(text),
  };
  site.world.sarifs.set(upload.id, upload);
  return upload;
}

/** An upload of the repository. */
export function sarifUpload(site: Site, actor: Actor, repository: Repository, id: string): SarifUpload {
  permit(site, actor, repository, needs.readCodeScanning);
  permitCodeScanning(repository);
  const found = site.world.sarifs.get(id);
  if (found?.repositoryId !== repository.id) throw notFound();
  return found;
}

function permitCodeScanning({ codeScanning }: Repository): void {
  if (!codeScanning) throw new Refusal(403, 'Code Security must be enabled for this repository to use code scanning.');
}

function malformed(name: string, value: string): Refusal {
  return new Refusal(422, `Invalid request.\n\nFor 'properties/${name}', ${JSON.stringify(value)} is malformed.`);
}

function unpacked(sarif: string): string {
  try {
    return gunzipSync(Buffer.from(sarif, 'base64'), { maxOutputLength: 500_000_000 }).toString('utf8');
  } catch {
    throw new Refusal(400, 'Invalid SARIF: the sarif field is not gzip in base64');
  }
}

interface Run {
  readonly tool?: { readonly driver?: { readonly name?: unknown; readonly rules?: readonly unknown[] } };
  readonly results?: readonly unknown[];
}

/** What GitHub says once it has read the file. */
function errorsIn(text: string): string[] {
  let sarif: { readonly version?: unknown; readonly runs?: unknown };
  try {
    sarif = JSON.parse(text) as typeof sarif;
  } catch {
    return ['Invalid SARIF. JSON syntax error'];
  }
  if (sarif.version !== '2.1.0') return ['Invalid SARIF. Missing or unsupported version'];
  if (!Array.isArray(sarif.runs)) return ['Invalid SARIF. Missing runs'];
  const runs = sarif.runs as readonly Run[];
  if (runs.length > most.runs)
    return [`rejecting SARIF, as there are more runs than allowed (${runs.length} > ${most.runs})`];
  return runs.flatMap(({ tool, results }) => {
    if (typeof tool?.driver?.name !== 'string') return ['Invalid SARIF. Missing tool.driver.name'];
    if (!Array.isArray(results)) return ['Invalid SARIF. Missing results'];
    return [
      ...tooMany('results', results.length, most.results),
      ...tooMany('rules', tool.driver.rules?.length ?? 0, most.rules),
    ];
  });
}

function tooMany(what: string, there: number, allowed: number): string[] {
  return there > allowed
    ? [`rejecting SARIF, as there are more ${what} per run than allowed (${there} > ${allowed})`]
    : [];
}
