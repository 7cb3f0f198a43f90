/** What an extension brings along that a schema is commonly built on. */
export interface Members {
  readonly types: readonly string[];
  readonly functions: readonly string[];
  readonly operatorClasses: ReadonlySet<string>;
}

const members: Readonly<Record<string, Partial<Record<keyof Members, string>>>> = {
  citext: { types: 'citext', operatorClasses: 'citext_ops' },
  cube: { types: 'cube' },
  hstore: { types: 'hstore', operatorClasses: 'gin_hstore_ops gist_hstore_ops' },
  isn: { types: 'ean13 isbn13 ismn13 issn13 isbn ismn issn upc' },
  ltree: { types: 'ltree lquery ltxtquery', operatorClasses: 'gist_ltree_ops' },
  pg_trgm: { functions: 'similarity word_similarity show_trgm', operatorClasses: 'gin_trgm_ops gist_trgm_ops' },
  pgcrypto: { functions: 'crypt digest gen_salt gen_random_bytes hmac pgp_sym_encrypt pgp_sym_decrypt' },
  postgis: { types: 'geometry geography box2d box3d' },
  seg: { types: 'seg' },
  unaccent: { functions: 'unaccent' },
  'uuid-ossp': { functions: 'uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5' },
  vector: {
    types: 'vector halfvec sparsevec',
    operatorClasses: 'vector_l2_ops vector_ip_ops vector_cosine_ops vector_l1_ops halfvec_l2_ops halfvec_cosine_ops',
  },
};

/** The members of an extension that we know; none of one that we do not (manual, appendix F; PostGIS and pgvector manuals). */
export function membersOf(extension: string): Members {
  const { types, functions, operatorClasses } = members[extension] ?? {};
  return { types: list(types), functions: list(functions), operatorClasses: new Set(list(operatorClasses)) };
}

function list(words = ''): readonly string[] {
  return words === '' ? [] : words.split(' ');
}
