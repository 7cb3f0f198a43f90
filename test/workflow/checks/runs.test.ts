import { describe, expect, it } from 'vitest';
import type { Annotation, RunFacts } from '../../../src/github/port.ts';
import type { Action } from '../../../src/workflow/actions.ts';
import { ensureChecks, inOneWrite } from '../../../src/workflow/checks/publish.ts';
import {
  cancellation,
  checkWrites,
  concluded,
  currentAttempt,
  queuedAgain,
  queuedChecks,
  type WantedCheck,
} from '../../../src/workflow/checks/runs.ts';

const head = 'c0ffee'.padEnd(40, '0');
const annotation: Annotation = { path: 'a.sql', startLine: 1, endLine: 1, level: 'failure', title: 't', message: 'm' };
const button = { label: 'Explain', description: 'At length', identifier: 'explain' };

function want(more: Partial<WantedCheck> = {}): WantedCheck {
  return {
    name: 'database-lead/review',
    head,
    conclusion: 'failure',
    title: '2 blocking findings',
    summary: 'Two.',
    annotations: [annotation, annotation],
    actions: [button],
    ...more,
  };
}

function run(more: Partial<RunFacts> = {}): RunFacts {
  return { id: 7, node: 'CR7', head, name: 'database-lead/review', status: 'queued', annotations: 0, ...more };
}

/** The run as it stands once the check was written. */
function standing(wanted: WantedCheck, existing: readonly RunFacts[] = []): RunFacts {
  const [write] = checkWrites(existing, wanted).slice(-1);
  if (write === undefined) throw new Error('nothing to write');
  const { name, status, externalId, annotations, conclusion } = write;
  return run({
    id: write.existing?.id ?? 8,
    name,
    status,
    externalId,
    annotations: annotations.length,
    ...(conclusion ? { conclusion } : {}),
  });
}

describe('a check', () => {
  it('that nobody made is made, and is left alone then', () => {
    const [write, ...more] = checkWrites([], want());
    expect(more).toEqual([]);
    expect(write).toMatchObject({
      status: 'completed',
      conclusion: 'failure',
      annotations: [{}, {}],
      actions: [button],
    });
    expect(write).not.toHaveProperty('existing');
    expect(checkWrites([standing(want())], want())).toEqual([]);
  });

  it('that waits is changed', () => {
    expect(checkWrites([run()], want())).toMatchObject([{ existing: { id: 7, annotations: 0 } }]);
  });

  it('that goes on has neither annotations nor buttons yet', () => {
    const { conclusion: _, ...going } = want();
    expect(checkWrites([run()], going)).toMatchObject([{ status: 'in_progress', annotations: [], actions: [] }]);
    expect(checkWrites([standing(going, [run()])], going)).toEqual([]);
    expect(checkWrites([standing(going, [run()])], want())).toMatchObject([
      { status: 'completed', existing: { id: 7 } },
    ]);
  });

  it('that is over is followed by a new one', () => {
    const [write] = checkWrites([standing(want())], want({ title: '1 blocking finding' }));
    expect(write).not.toHaveProperty('existing');
  });

  it('that was left with half of its annotations goes on with the rest', () => {
    const half = run({ ...standing(want()), status: 'in_progress', annotations: 1 });
    expect(checkWrites([half], want())).toMatchObject([{ existing: { id: half.id, annotations: 1 } }]);
  });

  it('that was left half-way and is to say something else now is ended, and made anew', () => {
    const half = run({ ...standing(want()), status: 'in_progress', annotations: 1 });
    const writes = checkWrites([half], want({ title: 'Other' }));
    expect(writes).toMatchObject([{ conclusion: 'cancelled', existing: { id: half.id } }, { title: 'Other' }]);
    expect(writes[1]).not.toHaveProperty('existing');
  });

  it('that was cancelled is made anew, whatever it said', () => {
    const cancelled = cancellation(run({ externalId: standing(want()).externalId ?? '' }), 'Closed');
    const left = run({ status: 'completed', conclusion: 'cancelled', externalId: cancelled.externalId });
    expect(checkWrites([left], want())).toHaveLength(1);
  });

  it('keeps the attempt that a person asked for', () => {
    const again = queuedAgain({ head, name: 'database-lead/review' }, '41');
    const queued = run({ externalId: again.externalId });
    const written = standing(want(), [queued]);
    expect(written.externalId).toMatch(/^[0-9a-f]{32}~41$/);
    expect(currentAttempt([written], 'database-lead/review')).toBe('41');
    expect(checkWrites([written], want({ title: 'Other' }))[0]?.externalId).toMatch(/~41$/);
    expect(cancellation(queued, 'x').externalId).toBe('cancelled~41');
    expect(currentAttempt([written, run({ name: 'other' })], 'other')).toBeUndefined();
  });

  it('holds to the limits of GitHub, whatever the words in it', () => {
    const long = '🔥'.repeat(20_000);
    const [write] = checkWrites(
      [],
      want({ title: long, annotations: [{ ...annotation, title: long, message: long }] }),
    );
    expect([...(write?.title ?? '')]).toHaveLength(250);
    expect([...(write?.annotations[0]?.title ?? '')]).toHaveLength(250);
    expect(Buffer.byteLength(write?.annotations[0]?.message ?? '')).toBeLessThanOrEqual(65_536);
    expect(write?.annotations[0]?.message.isWellFormed()).toBe(true);
    expect([...concluded(run(), { conclusion: 'failure', title: long, summary: '' }).title]).toHaveLength(250);
  });
});

describe('queued checks', () => {
  it('are those that are missing', () => {
    expect(queuedChecks(head, []).map(({ name }) => name)).toEqual([
      'database-lead/review',
      'database-lead/verify',
      'database-lead',
    ]);
    expect(queuedChecks(head, [run(), run({ name: 'database-lead' })]).map(({ name }) => name)).toEqual([
      'database-lead/verify',
    ]);
  });
});

describe('all checks of a pass', () => {
  const say = (id: string): Action => ({ kind: 'post-comment', why: 'x', issue: 1, post: { id, text: '', data: {} } });

  it('are written at once, after what there is to say', () => {
    const review = ensureChecks([], [want()], 5);
    const others = ensureChecks([], [want({ name: 'database-lead/verify' }), want({ name: 'database-lead' })], 5);
    const all = inOneWrite([say('a'), ...review, say('b'), ...others]);
    expect(all.map(({ kind }) => kind)).toEqual(['post-comment', 'post-comment', 'publish-checks']);
    expect(all[2]).toMatchObject({
      pull: 5,
      head,
      checks: [{ name: 'database-lead/review' }, { name: 'database-lead/verify' }, { name: 'database-lead' }],
    });
  });

  it('are none where all of them say so already', () => {
    expect(ensureChecks([standing(want())], [want()], 5)).toEqual([]);
    expect(inOneWrite([say('a')])).toEqual([say('a')]);
  });
});
