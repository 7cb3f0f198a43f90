import { codeSpan, escapeInline } from './escape.ts';
import { sentence } from './sentence.ts';
import { bullets, counted, inWords, mention, mentions, paragraphs } from './words.ts';

type Roles = Readonly<Record<string, readonly string[]>>;

export function received({ asker, roles }: { readonly asker: string; readonly roles: readonly string[] }): string {
  const as = roles.length > 0 ? ` as ${inWords(roles.map(escapeInline))}` : '';
  return paragraphs(
    `${mention(asker)}, I have taken this database request${as}.`,
    'Next I read the migrations of the default branch and hold the request against them. I ask here if something is unclear; otherwise a plan follows that has run on a real engine first. `/db help` lists what I understand.',
  );
}

export function refusal({ asker, roles }: { readonly asker: string; readonly roles: Roles }): string {
  const who = Object.entries(roles)
    .filter(([, people]) => people.length > 0)
    .map(([role, people]) => `${escapeInline(role)}: ${inWords(people.map((login) => codeSpan(login)))}`);
  const may = who.length > 0 ? `These may:\n\n${bullets(who)}` : 'Anyone with write access to this repository may.';
  return paragraphs(
    `${mention(asker)}, you hold no role here that may ask for a database change, so I leave this issue alone.`,
    may,
    'Ask one of them to put the label on; I take the request up when they do.',
  );
}

export function paused({ label }: { readonly label: string }): string {
  return `The label ${codeSpan(label)} was taken off, so I stop here. Nothing is undone; put it on again and I go on where I stopped.`;
}

export interface ConfigurationMistake {
  readonly key: string;
  readonly value: unknown;
  readonly allowed: string;
}

export function configuration(mistakes: readonly ConfigurationMistake[]): string {
  if (mistakes.length === 0) return 'The mistakes in `.github/database-lead.yml` are mended. Thank you.';
  const lines = mistakes.map(
    ({ key, value, allowed }) => `${codeSpan(key)} is ${codeSpan(shown(value))}; allowed: ${escapeInline(allowed)}`,
  );
  return paragraphs(
    `\`.github/database-lead.yml\` on the default branch has ${counted(mistakes.length, 'mistake')}. For each of these I use the default until it is mended:`,
    bullets(lines),
  );
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}

export function noMigrations(branch: string): string {
  return `I found no migrations on ${codeSpan(branch)}. Set \`databases[].migrations\` in \`.github/database-lead.yml\` to the folder that holds them, or add the first one.`;
}

export function unreadable(): string {
  return 'I cannot read the files of this repository: the installation needs the permission `contents: read`. Until then I know neither its configuration nor its schema.';
}

export function schemaProblems(problems: readonly string[]): string {
  if (problems.length === 0) return 'The migrations of the default branch can all be read now.';
  const most = 20;
  const rest = problems.length > most ? `\n- and ${problems.length - most} more` : '';
  return paragraphs(
    'Reading the migrations of the default branch, I noticed:',
    bullets(problems.slice(0, most).map(sentence)) + rest,
  );
}

export interface AskedQuestion {
  readonly number: number;
  readonly to: 'asker' | 'backend-lead';
  readonly text: string;
  readonly choices: readonly string[];
  readonly didYouMean: readonly string[];
  readonly open: boolean;
  /** The answer in force, where there is one. */
  readonly answer?: string;
}

export function questions(round: {
  readonly asked: readonly AskedQuestion[];
  readonly asker: string;
  readonly backendLeads: readonly string[];
  readonly understood: readonly string[];
}): string {
  const open = round.asked.filter((question) => question.open);
  const people = (to: AskedQuestion['to']) =>
    to === 'asker' ? mention(round.asker) : mentions(round.backendLeads, mention(round.asker));
  const whom = [...new Set(open.map(({ to }) => people(to)))];
  const head =
    open.length === 0
      ? 'All of these are answered.'
      : `${inWords(whom)}, before I plan this I need ${open.length === 1 ? 'one answer' : `${open.length} answers`}.`;
  return paragraphs(
    head,
    round.asked.map((question) => one(question, people(question.to))).join('\n'),
    open.length > 0 &&
      'Reply with the number and the answer, one a line (`1: text`), or with `/db answer 1 text`; or edit the request. I wait until then.',
    round.understood.length > 0 && `So far I understand:\n\n${bullets(round.understood.map(sentence))}`,
  );
}

function one({ number, text, choices, didYouMean, open, answer }: AskedQuestion, whom: string): string {
  const given = answer === undefined ? '' : ` ✓ ${codeSpan(answer)}`;
  const asked = sentence(text);
  if (!open) return `${number}. ~~${asked}~~${given === '' ? ' (no longer a question)' : given}`;
  const options = choices.map((choice, index) => `   - ${String.fromCharCode(97 + index)}) ${sentence(choice)}`);
  const hint = didYouMean.length > 0 ? [`   - Did you mean ${inWords(didYouMean.map((name) => codeSpan(name)))}?`] : [];
  return [`${number}. (${whom}) ${asked}`, ...options, ...hint].join('\n');
}

export function unclearAnswer({
  author,
  text,
  reason,
}: {
  readonly author: string;
  readonly text: string;
  readonly reason: string;
}): string {
  return `${mention(author)}, I could not use your answer ${codeSpan(text)}: ${escapeInline(reason)}`;
}
