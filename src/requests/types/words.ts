import type { Engine } from '../../sql/engine.ts';

/** What a type in everyday words stands for; several types where a senior engineer would ask which one. */
export interface WordedType {
  readonly words: string;
  readonly types: readonly string[];
  /** Said in the paraphrase, because the words left it open. */
  readonly assumed: boolean;
}

type Family =
  | 'text'
  | 'number'
  | 'whole'
  | 'large'
  | 'decimal'
  | 'money'
  | 'percentage'
  | 'instant'
  | 'date'
  | 'time'
  | 'truth'
  | 'uuid'
  | 'json'
  | 'binary'
  | 'duration'
  | 'address'
  | 'choice';

/** Longest first within each family: the first that fits is taken. */
const families: readonly (readonly [Family, readonly string[]])[] = [
  [
    'money',
    [
      'monetary amount',
      'money amount',
      'amount of money',
      'monetary value',
      'currency amount',
      'money',
      'currency',
      'price',
    ],
  ],
  [
    'large',
    [
      'big whole number',
      'large whole number',
      'big integer',
      'large integer',
      'big number',
      'large number',
      'long integer',
    ],
  ],
  ['whole', ['whole number', 'counter', 'count']],
  ['decimal', ['decimal number', 'fractional number', 'decimal']],
  ['percentage', ['percentage', 'percent']],
  ['number', ['numeric value', 'number']],
  [
    'truth',
    [
      'yes / no',
      'yes or no',
      'true / false',
      'true or false',
      'true-false',
      'yes-no',
      'checkbox',
      'flag',
      'boolean flag',
    ],
  ],
  [
    'instant',
    ['date and time', 'point in time', 'date time', 'date-time', 'datetime', 'timestamp', 'timestamps', 'instant'],
  ],
  ['date', ['calendar date', 'day']],
  ['time', ['time of day']],
  ['duration', ['duration', 'time span']],
  [
    'text',
    [
      'free text',
      'long text',
      'short text',
      'plain text',
      'multi-line text',
      'varchar',
      'string',
      'strings',
      'textual',
    ],
  ],
  ['uuid', ['guid']],
  ['json', ['json document', 'json object', 'json blob', 'json']],
  ['binary', ['binary data', 'binary', 'blob', 'bytes']],
  ['address', ['ip address', 'ip-address']],
  ['choice', ['enum', 'enumeration', 'one of a list']],
];

const postgresql: Readonly<Record<Family, readonly string[]>> = {
  text: ['text'],
  number: ['integer', 'bigint', 'numeric(12,2)'],
  whole: ['integer'],
  large: ['bigint'],
  decimal: ['numeric'],
  money: ['numeric(12,2)'],
  percentage: ['numeric(5,2)'],
  instant: ['timestamp with time zone'],
  date: ['date'],
  time: ['time'],
  truth: ['boolean'],
  uuid: ['uuid'],
  json: ['jsonb'],
  binary: ['bytea'],
  duration: ['interval'],
  address: ['inet'],
  choice: ['text', 'smallint'],
};

const mysql: typeof postgresql = {
  ...postgresql,
  text: ['varchar(255)', 'text'],
  number: ['int', 'bigint', 'decimal(12,2)'],
  whole: ['int'],
  decimal: ['decimal(12,2)'],
  money: ['decimal(12,2)'],
  percentage: ['decimal(5,2)'],
  instant: ['datetime'],
  uuid: ['char(36)'],
  json: ['json'],
  binary: ['blob'],
  duration: ['time'],
  address: ['varchar(45)'],
  choice: ['varchar(40)', 'smallint'],
};

const sqlite: typeof postgresql = {
  ...postgresql,
  number: ['integer', 'numeric'],
  large: ['integer'],
  money: ['numeric'],
  percentage: ['numeric'],
  instant: ['text'],
  date: ['text'],
  time: ['text'],
  truth: ['integer'],
  uuid: ['text'],
  json: ['text'],
  binary: ['blob'],
  duration: ['integer'],
  address: ['text'],
  choice: ['text', 'integer'],
};

const byEngine: Readonly<Record<Engine, typeof postgresql>> = { postgresql, mysql, mariadb: mysql, sqlite };

/** Families whose everyday word says everything that the type says. */
const exact: ReadonlySet<Family> = new Set<Family>(['whole', 'truth', 'date', 'uuid', 'text', 'binary']);

const byPhrase: ReadonlyMap<string, Family> = new Map(
  families.flatMap(([family, phrases]) => phrases.map((phrase) => [phrase, family] as const)),
);

/** The most words that a phrase of this vocabulary has. */
export const longestPhrase = 3;

/** The types that an everyday phrase (lower case, single spaces) stands for, or `undefined` when it is none. */
export function wordedType(phrase: string, engine: Engine): WordedType | undefined {
  const family = byPhrase.get(phrase);
  if (family === undefined) return undefined;
  return { words: phrase, types: byEngine[engine][family], assumed: !exact.has(family) };
}
