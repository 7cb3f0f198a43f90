/**
 * What a column of that name and type keeps, where the name says that it is a secret and not something about one: `password`,
 * `api_key`, `card_number`, but not `password_hash`, `token_id`, `secret_expires_at`. A `token` or `key` is one where the table is
 * called after it, such as `api_keys`. Types are in canonical spelling.
 */
export function secretKeptIn(name: string, type: string, table: string): string | undefined {
  const own = wordsOf(name);
  const short = own.length === 1 && (own[0] === 'token' || own[0] === 'key') && ofSecrets.test(table);
  const words = short ? ['api', ...own] : own;
  const last = words.at(-1) ?? '';
  if (words.some((word) => harmless.has(word)) || about.has(last)) return undefined;
  const text = words.join('_');
  if (isText(type)) return kinds.find(({ pattern }) => pattern.test(text))?.what;
  return isNumber(type) ? numbers.find(({ pattern }) => pattern.test(text))?.what : undefined;
}

/** `apiKey`, `API_KEY` and `api_key` are the same words. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

function isText(type: string): boolean {
  return /^(?:text|citext|character(?: varying)?(?:\(\d+\))?)$/.test(type);
}

function isNumber(type: string): boolean {
  return /^(?:bigint|integer|numeric)\b/.test(type);
}

interface Kind {
  readonly what: string;
  readonly pattern: RegExp;
}

const numbers: readonly Kind[] = [
  { what: 'a social security number', pattern: /(?:^|_)(?:ssn|social_security(?:_(?:number|no))?)$/ },
  {
    what: 'a card number',
    pattern: /(?:^|_)(?:credit|debit|payment|bank)_?card(?:_?(?:number|num|no))?$|^(?:card|cc)_?(?:number|num|no)$/,
  },
  { what: 'a card\u2019s security code', pattern: /(?:^|_)(?:cvv2?|cvc2?)$/ },
];

const kinds: readonly Kind[] = [
  { what: 'a password', pattern: /(?:^|_)(?:password|passwd|passphrase|passcode|pwd)$/ },
  {
    what: 'a secret key',
    pattern:
      /^(?:secret|secret_?key)$|(?:^|_)(?:api|client|consumer|app|shared|webhook|signing|totp|otp|mfa|oauth|jwt|hmac|access|encryption)_secret(?:_key)?$/,
  },
  {
    what: 'a key',
    pattern:
      /(?:^|_)(?:api_?key|private_?key|secret_?key|secret_?access_?key|encryption_?key|signing_?key|master_?key|auth_?key|access_?key)$/,
  },
  {
    what: 'a token',
    pattern:
      /(?:^|_)(?:access|refresh|auth|api|bearer|session|oauth|reset|recovery|password_reset|reset_password|remember|personal_access|bot)_?token$/,
  },
  ...numbers,
];

/** Tables whose `token` or `key` lets somebody in. */
const ofSecrets =
  /session|api_?(?:key|token)|auth|access_?(?:key|token)|refresh|password_?reset|reset_?token|recover|credential|magic_?link/i;

/** A word of a column that keeps a secret in another form. */
const harmless: ReadonlySet<string> = new Set(
  `hash hashed hashes digest digests bcrypt scrypt argon2 argon2id argon sha256 sha512 md5 crypt crypted encrypted encryption_key_id
   enc cipher ciphertext ciphered salt salted sealed masked mask redacted last4 fingerprint public pub verifier wrapped`.split(
    /\s+/,
  ),
);

/** A last word of a column that says something about a secret. */
const about: ReadonlySet<string> = new Set(
  `id ids at on date time until count length type kind name label version status state policy hint algorithm algo url uri ref
   reference arn path prefix suffix enabled required expired expires expiry ttl scope scopes owner provider strength field`.split(
    /\s+/,
  ),
);
