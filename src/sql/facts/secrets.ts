import { secretValuesIn } from './secret-values.ts';

/** A secret that stands in a text. Offsets count UTF-16 characters and cover the secret alone, without its quotes. */
export interface Secret {
  /** What it is, with its article. Never the secret itself. */
  readonly what: string;
  readonly start: number;
  readonly end: number;
  /** It is taken for one by the name of its column alone. */
  readonly likely?: true;
}

/**
 * The secrets in a text of SQL, comments included, in order: keys and tokens of a shape that their issuer publishes, private
 * keys, passwords where SQL, a connection string or an address takes one, and literals that are written into a column with the
 * name of a secret. A template's placeholder is none.
 */
export function secretsIn(text: string): readonly Secret[] {
  let reached = 0;
  return [...matchesOf(shaped, text), ...matchesOf(given, text), ...valuesIn(text)]
    .sort((a, b) => a.start - b.start)
    .filter(({ start, end }) => {
      const isInAnother = start < reached;
      reached = Math.max(reached, end);
      return !isInAnother;
    });
}

/** The text with an asterisk for each character of a secret, so that lines and columns stay where they are. */
export function maskSecrets(text: string): string {
  let masked = '';
  let copied = 0;
  for (const { start, end } of secretsIn(text)) {
    masked += text.slice(copied, start) + text.slice(start, end).replace(/[^\r\n]/g, '*');
    copied = end;
  }
  return masked + text.slice(copied);
}

/** What each group of the two expressions below stands for. */
const names: Readonly<Record<string, string>> = {
  pem: 'a private key',
  aws: 'an AWS access key',
  github: 'a GitHub token',
  gitlab: 'a GitLab token',
  stripe: 'a Stripe key',
  webhook: 'a webhook secret',
  slack: 'a Slack token',
  google: 'a Google API key',
  key: 'an API key',
  sendgrid: 'a SendGrid key',
  npm: 'an npm token',
  jwt: 'a signed token',
};

/** The shapes that issuers publish, so that scanners (GitHub's secret scanning among them) can know their keys. */
const shaped = new RegExp(
  [
    '(?<pem>-----BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----[^\'$"]{0,8000})',
    String.raw`(?<![\w-])(?:${[
      String.raw`(?<aws>(?:AKIA|ASIA)[A-Z0-9]{16}\b)`,
      String.raw`(?<github>gh[oprsu]_[A-Za-z0-9]{30,255}|github_pat_\w{22,255})`,
      String.raw`(?<gitlab>glpat-[\w-]{20,255})`,
      '(?<stripe>[rs]k_live_[A-Za-z0-9]{10,255})',
      '(?<webhook>whsec_[A-Za-z0-9+/]{24,255})',
      '(?<slack>xox[abeoprs]-[A-Za-z0-9-]{10,255})',
      String.raw`(?<google>AIza[\w-]{35})`,
      String.raw`(?<key>sk-[A-Za-z0-9]{32,255}|sk-(?:proj|ant|svcacct)-[\w-]{32,255})`,
      String.raw`(?<sendgrid>SG\.[\w-]{20,24}\.[\w-]{39,50})`,
      String.raw`(?<npm>npm_[A-Za-z0-9]{36}\b)`,
      String.raw`(?<jwt>eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10,1000})`,
    ].join('|')})`,
  ].join('|'),
  'dg',
);

/**
 * Passwords by the place where they stand: PASSWORD of a role or in OPTIONS (MySQL: IDENTIFIED BY), `password=` of a connection string (PostgreSQL
 * manual, "Connection Strings"), `://user:password@` of an address. A quote inside another literal is doubled. Every
 * repetition has a limit, so that hostile text cannot cost square time.
 */
const given = new RegExp(
  [
    String.raw`\b(?:password"?|identified(?:\s{1,5}with\s{1,5}[\w']{1,40})?\s{1,5}by)\s{1,20}(?:(?:e|n|u&)?'(?<a>(?:[^'\n]|''){1,500})'(?!')|''(?<b>[^'\s;]{1,500})''|\$\$(?<c>[^$\n]{1,500})\$\$)`,
    String.raw`['$](?:\s{0,5}\w{1,30}\s?=\s?(?:[^\s'";,()]{1,200}|''[^'\n]{0,200}'')\s{1,5}){0,15}password\s?=\s?(?:(?<d>[^\s'";,()$]{1,200})|''(?<e>[^'\n]{1,200})'')`,
    String.raw`:\/\/[^\s:/@'"<>]{0,200}:(?<f>[^\s@/'"]{1,200})@`,
  ].join('|'),
  'dgi',
);

function* matchesOf(pattern: RegExp, text: string): Generator<Secret> {
  // Nearly every text has none, and asking for all of them makes an expression anew for each text.
  if (text.search(pattern) === -1) return;
  for (const { groups = {}, indices, index } of text.matchAll(pattern)) {
    const name = Object.keys(groups).find((each) => groups[each] !== undefined) ?? '';
    const [start, end] = indices?.groups?.[name] ?? [0, 0];
    if (isStandIn(groups[name] ?? '') || (ofRole.has(name) && !isOfRole(text, index))) continue;
    yield { what: names[name] ?? 'a password', start, end };
  }
}

/** The groups of a password that follows its key word, which stands in comments and messages as well. */
const ofRole: ReadonlySet<string> = new Set(['a', 'b', 'c']);

function isOfRole(text: string, password: number): boolean {
  return /\b(?:role|user|mapping|options|encrypted|identified)\b/i.test(
    text.slice(Math.max(0, password - 300), password + 11),
  );
}

function* valuesIn(text: string): Generator<Secret> {
  for (const { what, start, end } of secretValuesIn(text)) {
    if (!isStandIn(text.slice(start, end))) yield { what, start, end, likely: true };
  }
}

/**
 * Whether what stands for a secret is none: a template's or a format string's placeholder, dots or asterisks, an expression that
 * is joined in, or the verifier that PostgreSQL keeps instead of a password (manual, CREATE ROLE, PASSWORD).
 */
function isStandIn(text: string): boolean {
  return (
    /^(?:\$?\{.*\}|\{\{.*\}\}|<.*>|%.*%|#\{.*\}|@\w+@|__\w+__|[*.x]+|%[sLI]|%\d\$[sLI]|%\(\w+\)s|%|:'?"?\w+'?"?|\$\w+)$/is.test(
      text,
    ) ||
    text.includes('||') ||
    text.startsWith('SCRAM-SHA-256$')
  );
}
