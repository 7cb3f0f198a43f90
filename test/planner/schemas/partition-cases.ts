import type { Pair } from './cases.ts';

const columns = 'id bigint NOT NULL, at date NOT NULL, kind text';
const events = `CREATE TABLE events (${columns}) PARTITION BY RANGE (at);
  CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');`;
const next = "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')";
const rest = 'CREATE TABLE events_rest PARTITION OF events DEFAULT;';
const alone = `CREATE TABLE events_2026 (${columns});`;
const attached = `CREATE TABLE events_2026 PARTITION OF events ${next};`;
const byRegion = 'CREATE TABLE m (id bigint, region text) PARTITION BY LIST (region);';

/** What becomes a partition, ceases to be one, or gets another bound. */
export const partitionPairs: readonly Pair[] = [
  {
    name: 'a table becomes a partition by RANGE',
    current: `${events} ${alone}`,
    desired: `${events} ${attached}`,
  },
  {
    name: 'a table becomes a partition beside a default one',
    current: `${events} ${rest} ${alone}`,
    desired: `${events} ${rest} ${attached}`,
  },
  {
    name: 'a table becomes a partition of a table with a key, an index, a check and a reference',
    current: `CREATE TABLE ids (id bigint PRIMARY KEY); ${events} ALTER TABLE events ADD PRIMARY KEY (id, at), ADD CHECK (id > 0), ADD FOREIGN KEY (id) REFERENCES ids; CREATE INDEX events_kind ON events (kind); ${alone} CREATE INDEX other ON events_2026 (kind);`,
    desired: `CREATE TABLE ids (id bigint PRIMARY KEY); ${events} ALTER TABLE events ADD PRIMARY KEY (id, at), ADD CHECK (id > 0), ADD FOREIGN KEY (id) REFERENCES ids; CREATE INDEX events_kind ON events (kind); ${attached}`,
  },
  {
    name: 'a table of other columns becomes a partition',
    current: `${events} CREATE TABLE events_2026 (at date NOT NULL, id bigint, extra int);`,
    desired: `${events} ${attached}`,
    fills: { 'events_2026.id': '1' },
    drops: ['events_2026.extra'],
  },
  {
    name: 'tables become partitions by LIST, with and without NULL',
    current: `${byRegion} CREATE TABLE m_eu (id bigint, region text); CREATE TABLE m_none (id bigint, region text); CREATE TABLE m_rest PARTITION OF m DEFAULT;`,
    desired: `${byRegion} CREATE TABLE m_eu PARTITION OF m FOR VALUES IN ('de', 'fr'); CREATE TABLE m_none PARTITION OF m FOR VALUES IN (NULL); CREATE TABLE m_rest PARTITION OF m DEFAULT;`,
  },
  {
    name: 'a table becomes a partition by HASH, which no check can speed up',
    current: 'CREATE TABLE h (id bigint) PARTITION BY HASH (id); CREATE TABLE h0 (id bigint);',
    desired:
      'CREATE TABLE h (id bigint) PARTITION BY HASH (id); CREATE TABLE h0 PARTITION OF h FOR VALUES WITH (MODULUS 1, REMAINDER 0);',
  },
  {
    name: 'a table becomes a partition by an expression',
    current: 'CREATE TABLE t (name text) PARTITION BY RANGE (lower(name)); CREATE TABLE t_a (name text);',
    desired:
      "CREATE TABLE t (name text) PARTITION BY RANGE (lower(name)); CREATE TABLE t_a PARTITION OF t FOR VALUES FROM (MINVALUE) TO ('zz');",
  },
  {
    name: 'a table becomes the default partition',
    current: `${events} CREATE TABLE events_rest (${columns});`,
    desired: `${events} ${rest}`,
  },
  {
    name: 'a table becomes the only partition, the default one',
    current: `CREATE TABLE e (${columns}) PARTITION BY RANGE (at); CREATE TABLE e_rest (${columns});`,
    desired: `CREATE TABLE e (${columns}) PARTITION BY RANGE (at); CREATE TABLE e_rest PARTITION OF e DEFAULT;`,
  },
  {
    name: 'a table becomes a partition of a partition, beside a default one',
    current: `${byRegion} CREATE TABLE m_eu PARTITION OF m FOR VALUES IN ('de', 'fr') PARTITION BY RANGE (id); CREATE TABLE m_eu_rest PARTITION OF m_eu DEFAULT; CREATE TABLE m_eu_1 (id bigint, region text);`,
    desired: `${byRegion} CREATE TABLE m_eu PARTITION OF m FOR VALUES IN ('de', 'fr') PARTITION BY RANGE (id); CREATE TABLE m_eu_rest PARTITION OF m_eu DEFAULT; CREATE TABLE m_eu_1 PARTITION OF m_eu FOR VALUES FROM (1) TO (100);`,
  },
  {
    name: 'a partitioned table becomes a partition',
    current: `${byRegion} CREATE INDEX m_id ON m (id); CREATE TABLE m_eu (id bigint, region text) PARTITION BY RANGE (id); CREATE TABLE m_eu_1 PARTITION OF m_eu FOR VALUES FROM (1) TO (100);`,
    desired: `${byRegion} CREATE INDEX m_id ON m (id); CREATE TABLE m_eu PARTITION OF m FOR VALUES IN ('de', 'fr') PARTITION BY RANGE (id); CREATE TABLE m_eu_1 PARTITION OF m_eu FOR VALUES FROM (1) TO (100);`,
  },
  {
    name: 'a new partition beside a default one',
    current: `${events} ${rest} CREATE INDEX ON events (kind);`,
    desired: `${events} ${rest} ${attached} CREATE INDEX ON events (kind);`,
  },
  {
    name: 'a new partition, and an index that has a migration of its own',
    current: `${events} CREATE TABLE other (id bigint PRIMARY KEY, a int);`,
    desired: `${events} ${attached} CREATE TABLE other (id bigint PRIMARY KEY, a int); CREATE INDEX other_a ON other (a);`,
  },
  {
    name: 'a partition with keys and indexes is detached',
    current: `${events} ${attached} ALTER TABLE events ADD PRIMARY KEY (id, at); CREATE INDEX events_kind ON events (kind);`,
    desired: `${events} ALTER TABLE events ADD PRIMARY KEY (id, at); CREATE INDEX events_kind ON events (kind); CREATE TABLE events_2026 (${columns}, PRIMARY KEY (id, at)); CREATE INDEX other ON events_2026 (kind);`,
  },
  {
    name: 'a detached partition loses its index and keeps a check of its bound',
    current: `${events} ${attached} CREATE INDEX events_kind ON events (kind);`,
    desired: `${events} CREATE INDEX events_kind ON events (kind); CREATE TABLE events_2026 (${columns}, CONSTRAINT events_2026_at_check CHECK (at IS NOT NULL AND at >= '2026-01-01' AND at < '2027-01-01'));`,
  },
  {
    name: 'a partition by HASH is detached',
    current:
      'CREATE TABLE h (id bigint) PARTITION BY HASH (id); CREATE TABLE h0 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 0);',
    desired: 'CREATE TABLE h (id bigint) PARTITION BY HASH (id); CREATE TABLE h0 (id bigint);',
  },
  {
    name: 'a partition beside a default one is detached',
    current: `${events} ${attached} ${rest}`,
    desired: `${events} ${alone} ${rest}`,
  },
  {
    name: 'the default partition is detached and others come',
    current: `${events} ${rest}`,
    desired: `${events} CREATE TABLE events_rest (${columns}); ${attached}`,
  },
  {
    name: 'the default partition is dropped',
    current: `${events} ${rest}`,
    desired: events,
    drops: ['events_rest'],
  },
  {
    name: 'a partition with keys, indexes and an identity is dropped',
    current: `CREATE TABLE e (id bigint GENERATED ALWAYS AS IDENTITY, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at); CREATE TABLE e1 PARTITION OF e ${next}; CREATE INDEX ON e (at);`,
    desired:
      'CREATE TABLE e (id bigint GENERATED ALWAYS AS IDENTITY, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at); CREATE INDEX ON e (at);',
    drops: ['e1'],
  },
  {
    name: 'a bound is widened',
    current: `${events} CREATE INDEX ON events (kind);`,
    desired: `${events.replace("('2026-01-01')", "('2027-01-01')")} CREATE INDEX ON events (kind);`,
  },
  {
    name: 'a bound is widened beside a default partition, and another narrowed',
    current: `${events} ${attached} ${rest}`,
    desired: `${events.replace("('2026-01-01')", "('2026-02-01')")} ${attached.replace("('2026-01-01')", "('2026-02-01')").replace("('2027-01-01')", "('2027-02-01')")} ${rest}`,
  },
  {
    name: 'a default partition gets a bound, and another becomes the default one',
    current: `${events} ${rest}`,
    desired: `CREATE TABLE events (${columns}) PARTITION BY RANGE (at); CREATE TABLE events_2025 PARTITION OF events DEFAULT; CREATE TABLE events_rest PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');`,
  },
  {
    name: 'a partition moves to another table',
    current: `${events} ${attached} CREATE TABLE archive (${columns}) PARTITION BY RANGE (at);`,
    desired: `${events} CREATE TABLE archive (${columns}) PARTITION BY RANGE (at); CREATE TABLE events_2026 PARTITION OF archive ${next};`,
  },
  {
    name: 'a partition is put in the place of another',
    current: `${events} CREATE TABLE new_2025 (${columns});`,
    desired: `CREATE TABLE events (${columns}) PARTITION BY RANGE (at); CREATE TABLE events_2025 (${columns}); CREATE TABLE new_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');`,
  },
  {
    name: 'a partition comes with a new index of its table',
    current: `${events} ${alone}`,
    desired: `${events} ${attached} CREATE INDEX events_kind ON events (kind);`,
  },
  {
    name: 'odd names of partitions',
    current: `CREATE SCHEMA "My S"; CREATE TABLE "My S"."E v" ("a't" int, "größe" text) PARTITION BY RANGE ("a't"); CREATE TABLE "My S"."E 1" ("a't" int, "größe" text); CREATE TABLE "My S"."E rest" PARTITION OF "My S"."E v" DEFAULT; CREATE INDEX "E i" ON "My S"."E v" ("größe");`,
    desired: `CREATE SCHEMA "My S"; CREATE TABLE "My S"."E v" ("a't" int, "größe" text) PARTITION BY RANGE ("a't"); CREATE TABLE "My S"."E 1" PARTITION OF "My S"."E v" FOR VALUES FROM (1) TO (1000); CREATE TABLE "My S"."E rest" PARTITION OF "My S"."E v" DEFAULT; CREATE INDEX "E i" ON "My S"."E v" ("größe");`,
  },
];
