import type { Annotation, CheckWrite, RunFacts } from '../port.ts';
import { hasGraphqlError } from './client.ts';
import type { Connection } from './connection.ts';
import { isForbidden } from './forbidden.ts';
import { type RunNode, runFields, runOf, runOfRest } from './runs.ts';

/** Most annotations that one request may bring to a run; more are appended by further ones (REST reference, "Update a check run"). */
const most = 50;

/** What one request says of one run: all of it, or as much as fits. */
interface Part {
  readonly write: CheckWrite;
  readonly run: Pick<RunFacts, 'id' | 'node'> | undefined;
  /** Annotations that stand on the run already. */
  readonly said: number;
}

/**
 * Makes check runs say so: one GraphQL request with a mutation for each, and another for each further fifty annotations. What
 * GraphQL refuses goes over REST, run by run. A run with annotations to come is in progress until the last of them.
 */
export async function publishChecks(
  connection: Connection,
  writes: readonly CheckWrite[],
): Promise<readonly RunFacts[]> {
  const published: RunFacts[] = [];
  const refused: unknown[] = [];
  let parts: readonly Part[] = writes.map((write) => ({
    write,
    run: write.existing,
    said: write.existing?.annotations ?? 0,
  }));
  while (parts.length > 0) {
    const next: Part[] = [];
    for (const { part, run, error } of await send(connection, parts)) {
      if (run === undefined) refused.push(error);
      else if (isLast(part)) published.push(run);
      else next.push({ write: part.write, run, said: part.said + most });
    }
    parts = next;
  }
  if (refused.length > 0) throw refused[0];
  return published;
}

function isLast({ write, said }: Part): boolean {
  return said + most >= write.annotations.length;
}

interface Sent {
  readonly part: Part;
  readonly run?: RunFacts;
  readonly error?: unknown;
}

async function send(connection: Connection, parts: readonly Part[]): Promise<readonly Sent[]> {
  const answers = await mutate(connection, parts);
  const sent: Sent[] = [];
  for (const [index, part] of parts.entries()) {
    const node = answers[`r${index}`]?.checkRun;
    if (node != null) {
      sent.push({ part, run: runOf(node, part.write.head) });
      continue;
    }
    try {
      sent.push({ part, run: await overRest(connection, part) });
    } catch (error) {
      // What the installation may not do at all need not be tried for every run.
      if (isForbidden(error)) throw error;
      sent.push({ part, error });
    }
  }
  return sent;
}

type Answers = Readonly<Record<string, { readonly checkRun: RunNode | null } | null>>;

/** The answers by alias; those of refused mutations are missing. */
async function mutate({ client, node }: Connection, parts: readonly Part[]): Promise<Answers> {
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const fields: string[] = [];
  const repositoryId = await node();
  for (const [index, part] of parts.entries()) {
    const mutation = part.run === undefined ? 'createCheckRun' : 'updateCheckRun';
    declared.push(`$i${index}: ${part.run === undefined ? 'Create' : 'Update'}CheckRunInput!`);
    fields.push(`r${index}: ${mutation}(input: $i${index}) { checkRun { ${runFields} } }`);
    variables[`i${index}`] = {
      repositoryId,
      ...(part.run === undefined ? { headSha: part.write.head } : { checkRunId: part.run.node }),
      ...graphqlInput(part),
    };
  }
  try {
    return await client.graphql<Answers>(`mutation (${declared.join(', ')}) { ${fields.join(' ')} }`, variables);
  } catch (error) {
    // Only a refusal is certain to have changed nothing. A broken connection or a limit is not taken for one.
    const { errors, data } = error as { readonly errors?: unknown; readonly data?: Answers | null };
    if (!Array.isArray(errors) || hasGraphqlError(error, 'RATE_LIMITED')) throw error;
    return data ?? {};
  }
}

/** `status` and `conclusion` for as much as is said with this part. */
function progress(part: Part) {
  const { status, conclusion } = part.write;
  if (!isLast(part)) return { status: 'in_progress' } as const;
  return { status, ...(conclusion === undefined ? {} : { conclusion }) };
}

function batch({ write, said }: Part): readonly Annotation[] {
  return write.annotations.slice(said, said + most);
}

function graphqlInput(part: Part): object {
  const { name, title, summary, externalId, actions } = part.write;
  const { status, conclusion } = { conclusion: undefined, ...progress(part) };
  return {
    name,
    externalId,
    status: status.toUpperCase(),
    ...(conclusion === undefined ? {} : { conclusion: conclusion.toUpperCase() }),
    actions,
    output: {
      title,
      summary,
      annotations: batch(part).map(({ path, startLine, endLine, level, title, message }) => ({
        path,
        location: { startLine, endLine },
        annotationLevel: level.toUpperCase(),
        title,
        message,
      })),
    },
  };
}

async function overRest({ client, at }: Connection, part: Part): Promise<RunFacts> {
  const { name, head, title, summary, externalId, actions } = part.write;
  const body = {
    ...at,
    name,
    external_id: externalId,
    ...progress(part),
    actions: [...actions],
    output: {
      title,
      summary,
      annotations: batch(part).map(({ path, startLine, endLine, level, title, message }) => ({
        path,
        start_line: startLine,
        end_line: endLine,
        annotation_level: level,
        title,
        message,
      })),
    },
  };
  const { data } =
    part.run === undefined
      ? await client.request('POST /repos/{owner}/{repo}/check-runs', { ...body, head_sha: head })
      : await client.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
          ...body,
          check_run_id: part.run.id,
        });
  return runOfRest(data);
}
