import type { Engine } from '../../sql/engine.ts';
import { wordedType } from './words.ts';

/** What a column's name says about its type: one type where the convention is plain, else candidates to choose from. */
export interface Guess {
  readonly sure: boolean;
  readonly types: readonly string[];
}

/** Conventions of names, plain ones first. The words are those of `words.ts`. */
const plain: readonly (readonly [RegExp, string])[] = [
  [/(?:^|_)(?:at|timestamp)$/, 'timestamp'],
  [/^(?:is|has|can|was|should|allow|allows)_/, 'flag'],
  [/(?:^|_)(?:enabled|active|archived|verified|deleted|visible|published|confirmed|disabled|hidden|locked)$/, 'flag'],
  [/(?:^|_)(?:date|on|birthday|birthdate)$/, 'day'],
  [/(?:^|_)uuid$/, 'guid'],
  [
    /(?:^|_)(?:name|title|description|note|notes|comment|comments|email|phone|mobile|url|uri|slug|city|street|country|phone_number|address|postcode|zip|zip_code|postal_code|nickname|username|bio|message|reason|summary|text|body|subject|label|locale|language|sku|iban|currency|color|colour|reference|token)$/,
    'string',
  ],
  [/(?:^|_)(?:count|quantity|qty|position|rank|stock|attempts|retries|version|age|year)$/, 'whole number'],
  [/(?:^|_)(?:metadata|payload|settings|preferences|options|json|attributes|properties|config)$/, 'json'],
];

const open: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /(?:^|_)(?:amount|price|total|cost|fee|tax|discount|balance|salary|revenue|budget)$/,
    ['money', 'whole number', 'percentage'],
  ],
  [
    /(?:^|_)(?:rate|ratio|percent|percentage|score|weight|height|width|length|rating)$/,
    ['decimal', 'whole number', 'percentage'],
  ],
  [/(?:^|_)(?:status|state|kind|type|category|level|role|tier|priority)$/, ['string', 'whole number']],
  [/(?:^|_)(?:number|no|code)$/, ['string', 'whole number', 'big number']],
];

/** The types that fit a name of a new column. */
export function guessType(column: string, engine: Engine): Guess {
  const name = column.toLowerCase();
  const known = plain.find(([pattern]) => pattern.test(name));
  if (known !== undefined) return { sure: true, types: typesFor(known[1], engine).slice(0, 1) };
  const candidates = open.find(([pattern]) => pattern.test(name))?.[1] ?? [
    'string',
    'whole number',
    'money',
    'flag',
    'timestamp',
  ];
  return { sure: false, types: [...new Set(candidates.flatMap((words) => typesFor(words, engine).slice(0, 1)))] };
}

function typesFor(words: string, engine: Engine): readonly string[] {
  return wordedType(words, engine)?.types ?? [];
}
