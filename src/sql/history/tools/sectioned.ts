import type { MigrationTexts } from '../history.ts';
import { hasSeveralStatements, sectionsOf } from '../sections.ts';
import type { Directions } from './tool.ts';

/** A runner that we only know to tell its two directions apart, so that the way back is not taken for the way forth. */
interface Sectioned {
  /** The line that begins the way forth; absent: the file begins with it. */
  readonly up?: RegExp;
  readonly down: RegExp;
  readonly transaction: (text: string) => boolean;
}

/**
 * tern (README, "Migrations"; `---- tern: disable-tx ----` sends the file as it is), MyBatis Migrations (`-- //@UNDO`), micrate,
 * rambler (`-- rambler up`), and Play's evolutions (`-- !Ups`, each statement committed by itself unless configured).
 */
const runners: readonly Sectioned[] = [
  {
    down: /^---- create above \/ drop below ----/,
    transaction: (text) => !/^---- tern: disable-tx ----/m.test(text) || hasSeveralStatements(text),
  },
  { down: /^\s*--\s*\/\/\s*@UNDO\b/i, transaction: () => true },
  { up: /^\s*--\s*\+micrate\s+up\b/i, down: /^\s*--\s*\+micrate\s+down\b/i, transaction: () => true },
  { up: /^\s*--\s*rambler\s+up\b/i, down: /^\s*--\s*rambler\s+down\b/i, transaction: () => true },
  { up: /^\s*(?:#|--)[\s-]*!Ups\b/, down: /^\s*(?:#|--)[\s-]*!Downs\b/, transaction: () => false },
];

/** Whether the text has the marks of one of these runners. */
export function isSectioned(text: string): boolean {
  return /create above \/ drop below|@UNDO|\+micrate|rambler|!Ups/i.test(text) && runnerOf(text) !== undefined;
}

export function readSectioned({ up: text }: MigrationTexts): Directions {
  const runner = runnerOf(text);
  if (runner === undefined) return { sql: text, transaction: false };
  const { up, down } = runner;
  // Where the way forth has no mark, the whole text before the other one is it.
  const marked = up === undefined ? `\n${text}` : text;
  let begun = up !== undefined;
  const sections = sectionsOf(marked, (line) => {
    if (!begun) {
      begun = true;
      return 'up';
    }
    if (up?.test(line) === true) return 'up';
    return down.test(line) ? 'down' : undefined;
  });
  const trimmed = (sql: string) => (up === undefined ? sql.slice(1) : sql);
  const transaction = runner.transaction(text);
  const forth: Directions = { sql: trimmed(sections.sql), transaction };
  return sections.down === undefined ? forth : { ...forth, down: trimmed(sections.down), downTransaction: transaction };
}

function runnerOf(text: string): Sectioned | undefined {
  const lines = text.split('\n');
  return runners.find(({ up, down }) => lines.some((line) => (up ?? down).test(line)));
}

/**
 * drizzle-kit parts statements by `--> statement-breakpoint`, and drizzle's migrator runs all files that are new in one
 * transaction (drizzle-orm, PgDialect.migrate).
 */
export function isDrizzle(text: string): boolean {
  return /^--> statement-breakpoint/m.test(text) || /;--> statement-breakpoint/.test(text);
}

export function readDrizzle({ up }: MigrationTexts): Directions {
  return { sql: up, transaction: true };
}
