import { parseConfig } from '../../config/config.ts';
import type { IssueSnapshot, Repository } from '../../github/port.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Cache } from '../../store/port.ts';
import { measurementsOf } from '../measuring.ts';
import type { Memory } from '../memory.ts';
import type { Place, RequestPicture } from '../observed.ts';
import { planOf } from '../planning.ts';
import type { PostCodec } from '../post.ts';
import { readingOf } from '../reading.ts';
import { everywhere, orderOf, readBody } from '../task-body.ts';
import { childrenOf, workloadOf } from './children.ts';
import { configPath } from './config-path.ts';
import { deployedOf } from './deployed.ts';
import { evidenceFor, explanations } from './evidence.ts';
import { formsOf } from './forms.ts';
import { givenCommands, people, unseenTeams } from './people.ts';
import { chooseDatabase, loadSchema, locate } from './schema.ts';
import { taskFileOf } from './task-file.ts';

/** What observing needs beside GitHub. */
export interface Senses {
  readonly repository: Repository;
  readonly codec: (number: number) => PostCodec;
  readonly evidence: Cache;
  readonly memory: Memory;
  readonly clock: Clock;
}

/** Everything about an issue of ours, read once. `undefined`: it is none of ours, or it is gone. */
export async function observeRequest(number: number, senses: Senses): Promise<RequestPicture | undefined> {
  const { repository, codec, clock } = senses;
  const snapshot = await repository.issue(number, [configPath]);
  if (snapshot === undefined) return undefined;
  const { config, problems } = parseConfig(snapshot.files.get(configPath));
  const configProblems = [...problems, ...unseenTeams(config, repository.without)];
  const posts = snapshot.comments.flatMap((comment) => codec(number).read(comment) ?? []);
  const order = readBody(snapshot.issue, repository.bot, codec(everywhere));
  const label = labelOf(snapshot, config.labels.request);
  if (order === undefined && !label.on && posts.length === 0) return undefined;

  const role = order === undefined ? 'request' : 'task';
  const place = placeOf(repository, snapshot);
  const personOf = people(repository, config);
  const asker = await personOf(askerOf(snapshot, config.labels.request, repository.bot));
  const commands = await givenCommands(snapshot.comments, repository.bot, personOf);
  const tree = place.head === undefined ? { entries: [], truncated: false } : await repository.tree(place.head);
  const schema = await loadSchema(
    repository,
    tree,
    chooseDatabase(locate(config, tree), snapshot.issue, order?.data),
    senses.memory.catalogs,
  );
  const common = {
    now: clock.now(),
    place,
    config,
    configProblems,
    issue: snapshot.issue,
    role,
    label,
    asker,
    posts,
    commands,
    schema,
  } as const;

  if (order !== undefined) {
    const evidence = await evidenceFor(senses.evidence, explanations(common));
    const pulls = snapshot.pulls;
    return {
      ...common,
      pulls,
      measuring: [],
      children: [],
      workload: new Map(),
      deployments: [],
      evidence,
      // A server without sub-issues knows no parent; the text of ours does.
      parent: snapshot.parent ?? orderOf(number, order).parent,
    };
  }

  const form = await formsOf(repository, tree);
  const reading = await readingOf({ ...common, comments: snapshot.comments, bot: repository.bot, personOf, form });
  const measuring = measurementsOf({ ...common, reading });
  const measured = await evidenceFor(
    senses.evidence,
    measuring.map(({ digest }) => digest),
  );
  const draft = planOf({ ...common, reading, evidence: measured });
  const children = await childrenOf(senses, snapshot, draft, schema);
  const digests = [
    ...explanations(common),
    ...(draft === undefined ? [] : [draft.proving.digest]),
    ...children.flatMap(({ confirmation }) => confirmation?.request.digest ?? []),
  ];
  const evidence = new Map([...measured, ...(await evidenceFor(senses.evidence, digests))]);
  const proof = draft === undefined ? undefined : evidence.get(draft.proving.digest);
  const plan =
    draft === undefined || draft.post !== undefined || proof?.kind !== 'prove'
      ? draft
      : { ...draft, proof: proof.proof, record: { ...draft.record, proof: proof.proof } };
  const taskFile = await taskFileOf(repository, tree, config, snapshot.issue);

  return {
    ...common,
    reading,
    measuring: measuring.filter(({ digest }) => !measured.has(digest)),
    ...(plan === undefined ? {} : { plan }),
    pulls: snapshot.pulls,
    children: children.map((child) => {
      const found = child.confirmation === undefined ? undefined : evidence.get(child.confirmation.request.digest);
      return child.confirmation !== undefined && found?.kind === 'verify'
        ? { ...child, confirmation: { ...child.confirmation, report: found.report } }
        : child;
    }),
    workload:
      plan?.post !== undefined && children.length < plan.record.plan.tasks.length
        ? await workloadOf(repository)
        : new Map(),
    deployments: await deployedOf(repository, config, children),
    evidence,
    ...(taskFile === undefined ? {} : { taskFile }),
  };
}

export function placeOf(repository: Repository, { repository: facts }: Pick<IssueSnapshot, 'repository'>): Place {
  const { owner, repo, bot, without } = repository;
  return {
    owner,
    repo,
    bot,
    without,
    defaultBranch: facts.defaultBranch,
    ...(facts.head === undefined ? {} : { head: facts.head }),
    ...(facts.unreadable === undefined ? {} : { unreadable: facts.unreadable }),
  };
}

function labelOf({ issue, labelings }: IssueSnapshot, request: string): RequestPicture['label'] {
  return { on: issue.labels.includes(request), times: labelings.filter(({ label }) => label === request).length };
}

/** Whoever put the label on asks; where that is not known (it came with the issue form), the author does. */
function askerOf({ issue, labelings }: IssueSnapshot, request: string, bot: string): string {
  const labeling = labelings.findLast(({ label, added, actor }) => label === request && added && actor !== bot);
  return labeling?.actor ?? issue.author;
}
