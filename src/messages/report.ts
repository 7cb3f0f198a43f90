import { escapeInline } from './escape.ts';
import type { Decision } from './plan-record.ts';
import { type GateRow, gateTable, listOfGates } from './progress.ts';
import { bullets, mention, paragraphs } from './words.ts';

/** The report to whoever asked: each claim beside what it rests on. */
export function report({
  asker,
  gates,
  decisions,
}: {
  readonly asker: string;
  readonly gates: readonly GateRow[];
  readonly decisions: readonly Decision[];
}): string {
  return paragraphs(
    '## Done',
    `${mention(asker)}, what you asked for is done. Each line says what that rests on.`,
    gateTable(gates),
    decisions.length > 0 &&
      `Decisions:\n\n${bullets(decisions.map(({ at, by, what }) => `${at.slice(0, 16).replace('T', ' ')} ${mention(by)} ${escapeInline(what)}`))}`,
    'I close this issue. It opens again by itself when one of the gates no longer holds.',
  );
}

export function reopenedByHand(): string {
  return 'This was opened again after my report, and every gate is still green, so I see nothing left to do. I leave it open: say what is missing in a new request, or close it.';
}

export function broughtBack(failing: readonly GateRow[]): string {
  return paragraphs('I opened this issue again, because this no longer holds:', listOfGates(failing));
}
