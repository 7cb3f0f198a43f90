import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskSecrets, secretsIn } from '../../../src/sql/facts/secrets.ts';

/** Literals that are taken for a secret by the name of the column into which they are written. */
const likely: readonly (readonly [text: string, what: string])[] = [
  ["INSERT INTO users (email, password) VALUES ('a@b', '«admin123»')", 'a password'],
  ['insert into app."users" ("userPassword", n) values (\'«it\'\'s me»\', 1)', 'a password'],
  ["UPDATE users SET name = 'x', password = '«admin123»' WHERE id = 1", 'a password'],
  ["INSERT INTO `users` (`email`, `password`) VALUES ('a@b', '«admin123»')", 'a password'],
  ["INSERT INTO clients (id, client_secret) VALUES (f(1, 'a'), '«8f14e45fceea167a5a36dedd4bea2543»')", 'a secret key'],
  ["INSERT INTO api_keys (key) VALUES -- the key\n('«abcd-efgh»')", 'a key'],
];

/** The secret stands between guillemets, which are no part of the text. */
const kept: readonly (readonly [text: string, what: string])[] = [
  ["CREATE ROLE a LOGIN PASSWORD '«hunter2»'", 'a password'],
  ["create user a with encrypted password E'«hunt\\\\er»'", 'a password'],
  ["ALTER ROLE a PASSWORD '«it''s»'", 'a password'],
  ["GRANT ALL ON shop.* TO app@localhost IDENTIFIED BY '«hunter2»'", 'a password'],
  ["CREATE USER a@'%' IDENTIFIED WITH caching_sha2_password BY '«hunter2»'", 'a password'],
  ['ALTER ROLE a PASSWORD $$«abc»$$', 'a password'],
  ["EXECUTE 'CREATE ROLE a PASSWORD ''«hunter2»'''", 'a password'],
  ["CREATE USER MAPPING FOR u SERVER s OPTIONS (user 'u', password '«p»')", 'a password'],
  ['ALTER SERVER s OPTIONS (SET "password" \'«p»\')', 'a password'],
  ["SELECT dblink('host=h user=u password=«s3cret» dbname=x', 'q')", 'a password'],
  ["SELECT dblink_connect('password=«s3cret»')", 'a password'],
  ['PERFORM dblink_connect($$dbname=a password=«b»$$)', 'a password'],
  ["CREATE SUBSCRIPTION s CONNECTION 'host=h password=''«s 3»''' PUBLICATION p", 'a password'],
  ["CREATE SUBSCRIPTION s CONNECTION 'postgres://u:«pw»@h/db' PUBLICATION p", 'a password'],
  ['-- psql postgres://admin:«hunter2»@db.internal/x', 'a password'],
  ["VALUES ('«AKIAIOSFODNN7EXAMPLE»')", 'an AWS access key'],
  [`VALUES ('«ghp_${'a1B2'.repeat(9)}»')`, 'a GitHub token'],
  [`VALUES ('«sk_live_${'a1B2'.repeat(6)}»')`, 'a Stripe key'],
  [`VALUES ('«xoxb-${'1234'.repeat(6)}»')`, 'a Slack token'],
  [`VALUES ('«AIza${'a1B2_'.repeat(7)}»')`, 'a Google API key'],
  [`VALUES ('«eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${'a1_-'.repeat(8)}»')`, 'a signed token'],
  ["VALUES ('«-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----\n»')", 'a private key'],
];

const none: readonly string[] = [
  "INSERT INTO users (email, password) VALUES ('a@b', '$2b$12$abcdefghijklmnopqrstuv')",
  "INSERT INTO users (email, password) VALUES ('a@b', crypt('x' || y, gen_salt('bf')))",
  "INSERT INTO users (email, password) VALUES ('a@b', 'pbkdf2_sha256$260000$abc$def='), ('c', NULL), ('d', '')",
  "INSERT INTO users (email, password_hash) VALUES ('a@b', 'whatever it is')",
  "INSERT INTO users (password, email) VALUES ('5f4dcc3b5aa765d61d8327deb882cf99', 'admin123')",
  "INSERT INTO users (password) VALUES ('{{ password }}')",
  "INSERT INTO settings (key, value) VALUES ('theme', 'dark mode')",
  "INSERT INTO users (email, password) SELECT email, 'x' || id FROM old",
  "SELECT a FROM t WHERE password = 'admin123'",
  'ALTER ROLE a PASSWORD NULL',
  "ALTER ROLE a PASSWORD ''; INSERT INTO a VALUES ('')",
  `CREATE ROLE a PASSWORD '\${DB_PASSWORD}'`,
  "CREATE ROLE a PASSWORD '{{ password }}'",
  "CREATE ROLE a PASSWORD :'password'",
  "CREATE ROLE a PASSWORD 'SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy'",
  "EXECUTE format('CREATE ROLE a PASSWORD %L', password)",
  "EXECUTE 'CREATE ROLE a PASSWORD ''' || pw || ''' VALID UNTIL'",
  'UPDATE s SET host=NEW.host, password=NEW.password',
  "SELECT 1 FROM users WHERE name='x' AND password=crypt(pw, 'a')",
  "SELECT dblink_connect('dbname=' || d || ' password=' || p)",
  "COMMENT ON COLUMN users.password IS 'x'",
  "CREATE TYPE t AS ENUM ('password', 'token')",
  "RAISE EXCEPTION 'bad password ''%'''",
  "COMMENT ON COLUMN users.secret IS 'the password ''hashed'' with bcrypt'",
  '-- see https://example.org:80/a@b',
  "VALUES ('sk-some-long-slug-text-that-is-very-very-long-really', 'EyJ', 'AKIA')",
  'redis://user:<password>@host, postgres://user:****@host',
];

describe('secretsIn', () => {
  it.each(kept)('%s', (marked, what) => {
    const start = marked.indexOf('«');
    const end = marked.indexOf('»') - 1;
    expect(secretsIn(marked.replace(/[«»]/g, ''))).toEqual([{ what, start, end }]);
  });

  it.each(likely)('%s, likely', (marked, what) => {
    const start = marked.indexOf('«');
    const end = marked.indexOf('»') - 1;
    expect(secretsIn(marked.replace(/[«»]/g, ''))).toEqual([{ what, start, end, likely: true }]);
  });

  it.each(none)('nothing in %s', (text) => {
    expect(secretsIn(text)).toEqual([]);
  });
});

describe('maskSecrets', () => {
  it.each([...kept, ...likely])('keeps everything else of %s', (marked) => {
    const [, before = '', secret = '', after = ''] = /^(.*)«(.*)»(.*)$/s.exec(marked) ?? [];
    expect(maskSecrets(before + secret + after)).toBe(before + secret.replace(/[^\n]/g, '*') + after);
  });

  it('keeps lines and columns of any text', () => {
    const piece = fc.constantFrom(
      "PASSWORD '",
      "'",
      'a b',
      '\r\n',
      'password=',
      '://u:',
      '@h',
      '-----BEGIN PRIVATE KEY-----',
      '$$',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        const masked = maskSecrets(text);
        expect(masked.length).toBe(text.length);
        expect(masked.replace(/[^\n]/g, '')).toBe(text.replace(/[^\n]/g, ''));
      }),
    );
  });
});
