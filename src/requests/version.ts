import type { Engine } from '../sql/engine.ts';
import type { Section } from './form/sections.ts';
import type { Refused } from './resolve/choices.ts';
import type { Desk } from './resolve/desk.ts';

const names: Readonly<Record<Engine, readonly string[]>> = {
  postgresql: ['postgresql', 'postgres', 'pg', 'psql'],
  mysql: ['mysql'],
  mariadb: ['mariadb'],
  sqlite: ['sqlite', 'sqlite3'],
};

/** Versions that are supported at the time of writing (endoflife.date), newest first. */
const supported: Readonly<Record<Engine, readonly string[]>> = {
  postgresql: ['18', '17', '16', '15', '14'],
  mysql: ['8.4', '8.0'],
  mariadb: ['11.8', '11.4', '10.11'],
  sqlite: ['3'],
};

const mention = /\b([a-z]+3?)[\s-]{0,3}(?:version[\s:]{0,3}|v)?(\d{1,2}(?:\.\d{1,3}){0,2})\b/gi;

/** The version that the request gives for the engine: "PostgreSQL 16" anywhere, or a bare "16" in the field for it. */
export function versionIn(sections: readonly Section[], engine: Engine): string | undefined {
  for (const { field, blocks } of sections) {
    for (const block of blocks) {
      if (block.kind === 'code' || block.kind === 'row') continue;
      const bare = field === 'version' ? /^\s*v?(\d{1,2}(?:\.\d{1,3}){0,2})\s*$/.exec(block.text)?.[1] : undefined;
      if (bare !== undefined) return bare;
      for (const [, name, version] of block.text.matchAll(mention)) {
        if (names[engine].includes(name?.toLowerCase() ?? '')) return version;
      }
    }
  }
  return undefined;
}

/** Asks for the version: locks and what a statement can do differ between them. */
export function askVersion(desk: Desk): string | undefined {
  const choices = supported[desk.engine];
  return desk.ask(
    {
      id: 'engine-version',
      to: 'asker',
      text: `Which version of ${desk.engine} does the database run on?`,
      choices: choices.map((version) => `Version ${version}`),
    },
    (answer): string | Refused => {
      const letter = /^\s*\(?([a-h])\)?\s*$/i.exec(answer)?.[1];
      const picked = letter === undefined ? undefined : choices[letter.toLowerCase().charCodeAt(0) - 97];
      const version = picked ?? /(\d{1,2}(?:\.\d{1,3}){0,2})/.exec(answer)?.[1];
      return version ?? { refused: 'it names no version' };
    },
  );
}
