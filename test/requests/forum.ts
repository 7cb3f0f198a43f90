import type { Understood } from '../../src/requests/understand.ts';
import { catalogOf } from '../../src/sql/apply/index.ts';
import type { Catalog } from '../../src/sql/catalog.ts';
import { parse } from '../../src/sql/parsers/index.ts';
import { ask, type Outcome, outcomeOf } from './shop.ts';

/** A schema with other habits: UUID keys, camel case in quotes, reserved words as columns, types without a zone. */
export const forum: Catalog = catalogOf('postgresql', [
  parse(
    `CREATE TABLE users (
       id uuid PRIMARY KEY DEFAULT gen_random_uuid(), "firstName" text, email varchar(255), created_at timestamp,
       is_admin boolean DEFAULT false
     );
     CREATE TABLE accounts (
       id serial PRIMARY KEY, user_id uuid NOT NULL REFERENCES users, balance money, currency char(3), type text, "order" int
     );
     CREATE TABLE blog_posts (
       id bigserial PRIMARY KEY, author_id uuid, title text, body text, published_at timestamptz, view_count int
     );
     CREATE TABLE tags (id int PRIMARY KEY, name text UNIQUE);
     CREATE TABLE events (id bigint, payload jsonb, occurred_at timestamptz, kind text);`,
    'postgresql',
  ),
]).catalog;

export function askInForum(body: string): Understood {
  return ask(body, {}, { catalog: forum });
}

export function outcomeInForum(body: string): Outcome {
  return outcomeOf(askInForum(body));
}
