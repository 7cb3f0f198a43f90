import { similarTo } from './names/similar.ts';
import { withoutFence } from './text/fence.ts';
import { following } from './text/following.ts';
import { type Line, linesOf } from './text/lines.ts';

/** What a person tells the App to do. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'status' }
  | { readonly kind: 'table'; readonly name: string }
  /** `sql` is what stood in the fence below, or after the word. */
  | { readonly kind: 'explain'; readonly sql?: string }
  | { readonly kind: 'answer'; readonly number: number; readonly text: string }
  | { readonly kind: 'approve' }
  | { readonly kind: 'sign-off'; readonly role?: string }
  /** `rule` is empty where only the reason was given. */
  | { readonly kind: 'ignore'; readonly rule: string; readonly reason: string }
  | { readonly kind: 'retry' }
  | { readonly kind: 'reject'; readonly reason: string }
  /** A `/db` line that is no command; `didYouMean` holds whole commands. */
  | { readonly kind: 'unknown'; readonly text: string; readonly didYouMean: readonly string[] };

/** How each command is written, by its word. */
const usages: Readonly<Record<string, string>> = {
  help: '/db help',
  status: '/db status',
  table: '/db table NAME',
  explain: '/db explain',
  answer: '/db answer NUMBER TEXT',
  approve: '/db approve',
  'sign-off': '/db sign-off ROLE',
  ignore: '/db ignore RULE because REASON',
  retry: '/db retry',
  reject: '/db reject REASON',
};

/** The commands of a comment in order: `/db ...` at the start of a line, neither quoted nor in code. */
export function readCommands(body: string): readonly Command[] {
  const lines = linesOf(body);
  const commands: Command[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as Line;
    at++;
    if (line.kind !== 'text' || !isCommand(line.text)) continue;
    const rest = line.text.trim().slice('/db'.length).trim();
    const word = (rest.split(/\s/, 1)[0] ?? '').toLowerCase();
    const said = rest.slice(word.length).trim();
    // These two are prose, which may go on below; the others end with their line.
    const isProse = word === 'answer' || word === 'reject' || word === 'explain';
    const whole = isProse ? following(lines, at, said, isCommand) : { text: said, next: at };
    if (word !== 'explain' || holdsFence(whole.text)) at = whole.next;
    commands.push(commandOf(word, word === 'explain' && !holdsFence(whole.text) ? said : whole.text));
  }
  return commands;
}

/** Whether a line of a comment is meant for the App. */
export function isCommand(line: string): boolean {
  return /^ {0,3}\/db(?:\s|$)/i.test(line);
}

function commandOf(word: string, said: string): Command {
  const [first = ''] = said.split(/\s/, 1);
  const rest = said.slice(first.length).trim();
  switch (word) {
    case '':
    case 'help':
      return { kind: 'help' };
    case 'status':
    case 'approve':
    case 'retry':
      return { kind: word };
    case 'table': {
      const name = first.replace(/[`"]/g, '');
      return name === '' ? unknown(word, said) : { kind: 'table', name };
    }
    case 'explain': {
      const sql = withoutFence(said);
      return sql === '' ? { kind: 'explain' } : { kind: 'explain', sql };
    }
    case 'answer': {
      const number = /^#?(\d{1,4})[:.)]?$/.exec(first)?.[1];
      return number === undefined || rest === ''
        ? unknown(word, said)
        : { kind: 'answer', number: Number(number), text: rest };
    }
    case 'sign-off':
    case 'signoff':
    case 'sign_off': {
      const role = first.toLowerCase().replace(/^@/, '');
      return role === '' ? { kind: 'sign-off' } : { kind: 'sign-off', role };
    }
    case 'ignore': {
      // In the thread of a finding its rule need not be named.
      const [rule, reason] = isBecause(first) ? ['', rest] : [first.replaceAll('`', ''), rest.replace(because, '')];
      return reason.trim() === '' ? unknown(word, said) : { kind: 'ignore', rule, reason: reason.trim() };
    }
    case 'reject':
      return { kind: 'reject', reason: said };
    default:
      return unknown(word, said);
  }
}

const because = /^because\b:?\s*/i;

function isBecause(word: string): boolean {
  return /^because:?$/i.test(word);
}

function unknown(word: string, said: string): Command {
  const text = `/db ${word} ${said.split('\n', 1)[0] ?? ''}`.trim().slice(0, 100);
  const words = !Object.hasOwn(usages, word) ? similarTo(word, Object.keys(usages)) : [word];
  return { kind: 'unknown', text, didYouMean: words.flatMap((each) => usages[each] ?? []) };
}

function holdsFence(text: string): boolean {
  return /^ {0,3}(?:```|~~~)/m.test(text);
}
