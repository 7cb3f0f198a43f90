import { describe, expect, it } from 'vitest';
import { askInForum, forum, outcomeInForum } from '../forum.ts';
import { problemsOf } from '../shop.ts';
import type { Row } from './rows.ts';

const rows: readonly Row[] = [
  {
    says: "Hello! We'd like users to be able to have a last login date. Please add a column last_login_at to the users table.",
    wants: ['ALTER TABLE users ADD COLUMN last_login_at timestamp with time zone'],
    unread: ["We'd like users to be able to have a last login date"],
  },
  {
    says: 'Add a new column "nickname" of type varchar(50) to the "users" table. It should be unique and nullable.',
    wants: ['ALTER TABLE users ADD COLUMN nickname character varying(50)', 'ALTER TABLE users ADD UNIQUE (nickname)'],
  },
  { says: 'Add NOT NULL to accounts.balance', asks: ['nulls:accounts.balance'] },
  {
    says: 'We need to add a foreign key constraint on blog_posts.author_id that references users.id, with ON DELETE CASCADE.',
    wants: ['ALTER TABLE blog_posts ADD FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE CASCADE'],
  },
  {
    says: 'Create an index on blog_posts(author_id, published_at DESC)',
    wants: ['CREATE INDEX ON blog_posts (author_id, published_at DESC)'],
  },
  {
    says: 'Add composite index for events on (kind, occurred_at)',
    wants: ['CREATE INDEX ON events (kind, occurred_at)'],
  },
  { says: 'The blog post title should be required', asks: ['nulls:blog_posts.title'] },
  {
    says: 'Create a blog_post_tags table with blog_post_id (references blog_posts) and tag_id (references tags), primary key on both',
    wants: [
      'CREATE TABLE blog_post_tags ( blog_post_id bigint NOT NULL, tag_id integer NOT NULL, FOREIGN KEY (blog_post_id) REFERENCES blog_posts (id), FOREIGN KEY (tag_id) REFERENCES tags (id), PRIMARY KEY (blog_post_id, tag_id) )',
    ],
  },
  { says: 'Remove the is_admin flag from users', asks: ['code:drop:users.is_admin'] },
  { says: 'Rename "firstName" to "first_name" in users', asks: ['code:rename:users.firstName'] },
  { says: "Please drop the events table, it's obsolete.", asks: ['code:drop:events'] },
  {
    says: 'increase email length to 320 characters in users',
    wants: ['ALTER TABLE users ALTER COLUMN email TYPE character varying(320)'],
  },
  {
    says: 'Change accounts.balance to numeric(18,4) not null default 0',
    wants: ["ALTER TABLE accounts ALTER COLUMN balance SET DEFAULT '0'"],
    asks: ['narrowing:accounts.balance', 'nulls:accounts.balance'],
  },
  {
    says: 'blog_posts.view_count should default to 0 and not be null',
    wants: ['ALTER TABLE blog_posts ALTER COLUMN view_count SET DEFAULT 0'],
    asks: ['nulls:blog_posts.view_count'],
  },
  {
    says: 'Add soft delete support to users (deleted_at timestamp)',
    wants: ['ALTER TABLE users ADD COLUMN deleted_at timestamp with time zone'],
  },
  {
    says: 'Track who updated a blog post: add updated_by (uuid, references users) to blog_posts',
    wants: [
      'ALTER TABLE blog_posts ADD COLUMN updated_by uuid',
      'ALTER TABLE blog_posts ADD FOREIGN KEY (updated_by) REFERENCES users (id)',
    ],
  },
  { says: 'Add "order" column to tags', asks: ['type:tags.order'] },
  { says: 'Add column order to tags', asks: ['type:tags.order'] },
  {
    says: 'Store user preferences as JSON on the users table',
    wants: ['ALTER TABLE users ADD COLUMN user_preferences jsonb'],
  },
  {
    says: 'Add status to accounts: active, suspended or closed; default active',
    wants: [
      "ALTER TABLE accounts ADD COLUMN status text DEFAULT 'active'",
      "ALTER TABLE accounts ADD CHECK (status IN ('active', 'suspended', 'closed'))",
    ],
  },
  { says: "For all existing users set nickname to 'n/a'", asks: ['column:users.nickname'] },
  {
    says: "Add a locale column to users, default 'en', not null",
    wants: ["ALTER TABLE users ADD COLUMN locale text DEFAULT 'en' NOT NULL"],
  },
  { says: "The column kind of events should become an enum with the values 'a', 'b'", asks: ['type:events.kind'] },
  { says: 'users.created_at should be timestamptz', asks: ['time-zone:users.created_at'] },
  { says: 'We need an audit log table with columns id, user_id, action, created_at', asks: ['type:audit_log.action'] },
  { says: 'Add unique index on accounts (user_id, type)', asks: ['duplicates:accounts.user_id+type'] },
  {
    says: 'Speed up: `SELECT * FROM blog_posts WHERE author_id = $1 ORDER BY published_at DESC LIMIT 20`',
    wants: ['SELECT * FROM blog_posts WHERE author_id = $1 ORDER BY published_at DESC LIMIT 20'],
  },
  {
    says: 'The following query is too slow (3 seconds, want < 100ms):\n\n```sql\nSELECT u.email, count(*) FROM users u JOIN blog_posts b ON b.author_id = u.id GROUP BY 1;\n```',
    wants: ['SELECT u.email, count(*) FROM users u JOIN blog_posts b ON b.author_id = u.id GROUP BY 1 -- under 100 ms'],
  },
  {
    says: 'Drop accounts.type and accounts.currency',
    asks: ['code:drop:accounts.type', 'code:drop:accounts.currency'],
  },
  {
    says: "Can you make the email column on users required? Existing rows without one should get ''.",
    wants: ["UPDATE users SET email = '' WHERE email IS NULL", 'ALTER TABLE users ALTER COLUMN email SET NOT NULL'],
  },
  {
    says: 'Add a check to accounts so that balance is never negative',
    wants: ['ALTER TABLE accounts ADD CHECK (balance >= 0)'],
  },
  {
    says: 'Add phone_number to users and create an index on it',
    wants: ['ALTER TABLE users ADD COLUMN phone_number text', 'CREATE INDEX ON users (phone_number)'],
  },
  {
    says: 'ALTER TABLE users ADD COLUMN age int CHECK (age > 0);',
    wants: ['ALTER TABLE users ADD COLUMN age integer', 'ALTER TABLE users ADD CHECK (age > 0)'],
  },
  {
    says: 'add table sessions (id uuid pk, user_id uuid fk users, expires_at timestamptz not null)',
    wants: [
      'CREATE TABLE sessions ( id uuid NOT NULL, user_id uuid, expires_at timestamp with time zone NOT NULL, PRIMARY KEY (id), FOREIGN KEY (user_id) REFERENCES users (id) )',
    ],
  },
  {
    says: 'Set users.is_admin not null default false',
    wants: ['ALTER TABLE users ALTER COLUMN is_admin SET DEFAULT false'],
    asks: ['nulls:users.is_admin'],
  },
];

describe('the words of another schema', () => {
  it.each(rows)('$says', ({ says, wants = [], asks = [], unread = [] }) => {
    expect(outcomeInForum(says)).toEqual({ wants, asks, unread });
    if (asks.length === 0) expect(problemsOf(askInForum(says), forum)).toEqual([]);
  });
});
