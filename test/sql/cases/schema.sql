CREATE TABLE orgs (id bigint PRIMARY KEY, name text UNIQUE);
CREATE TABLE users (
  id bigint PRIMARY KEY,
  email varchar(255) NOT NULL,
  name text,
  org_id bigint REFERENCES orgs (id),
  seen_at timestamptz,
  settings jsonb,
  active boolean NOT NULL DEFAULT true,
  balance numeric(10, 2),
  code integer,
  nick varchar(40)
);
CREATE INDEX users_org_id_idx ON users (org_id);
CREATE UNIQUE INDEX users_email_key ON users (email);
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users (id),
  mood mood,
  total positive,
  note text,
  placed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX orders_user_id_idx ON orders (user_id);
CREATE VIEW active_users AS SELECT id, email FROM users WHERE active;
CREATE MATERIALIZED VIEW order_totals AS SELECT user_id, count(*) AS orders FROM orders GROUP BY user_id;
CREATE TABLE events (id bigint NOT NULL, at timestamptz NOT NULL, body text) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 (id bigint NOT NULL, at timestamptz NOT NULL, body text);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE SEQUENCE invoice_numbers;
