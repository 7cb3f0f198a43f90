import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadParsers } from '../src/sql/parsers/index.ts';
import { rules } from '../src/sql/rules/index.ts';
import { comingFrom } from './pages/coming-from.ts';
import { rulePage } from './pages/rule.ts';
import { ruleIndex } from './pages/rule-index.ts';

const docs = new URL('../docs/', import.meta.url);

/** Every generated page by its path below `docs/`: one per rule, their index, and the way from other tools. */
async function pages(): Promise<ReadonlyMap<string, string>> {
  await loadParsers();
  return new Map([
    ['coming-from.md', comingFrom(new Set(rules.map(({ id }) => id)))],
    ['rules/README.md', ruleIndex(rules)],
    ...rules.map((rule): [string, string] => [`rules/${rule.id}.md`, rulePage(rule)]),
  ]);
}

/** The pages whose files are missing, old, or of no rule. */
export async function stalePages(): Promise<readonly string[]> {
  const expected = await pages();
  const files = generatedFiles();
  const missing = [...expected.keys()].filter((name) => !files.includes(name));
  const old = files.filter((name) => expected.get(name) !== readFileSync(new URL(name, docs), 'utf8'));
  return [...missing, ...old];
}

/** What this script has written, as far as its place tells. */
function generatedFiles(): readonly string[] {
  const own = readdirSync(docs).filter((name) => name === 'coming-from.md');
  return [...own, ...readdirSync(new URL('rules/', docs)).map((name) => `rules/${name}`)];
}

async function write(): Promise<void> {
  const expected = await pages();
  rmSync(new URL('rules/', docs), { recursive: true, force: true });
  mkdirSync(new URL('rules/', docs), { recursive: true });
  for (const [name, text] of expected) writeFileSync(new URL(name, docs), text);
}

if (import.meta.main) {
  if (!process.argv.includes('--check')) await write();
  const stale = await stalePages();
  if (stale.length > 0) {
    console.error(`docs is stale: ${stale.join(', ')}. Run: node scripts/rule-pages.ts`);
    process.exitCode = 1;
  }
}
