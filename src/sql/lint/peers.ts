/**
 * Which of our rules a peer's rule stands for, so that a team keeps its ignore comments, and finds what it knows under another
 * name. A peer's rule for which we have none is listed with an empty list.
 */
export type Translation = Readonly<Record<string, readonly string[]>>;

/** squawk 2.66: every rule that it knows. */
export const squawk: Translation = {
  'adding-field-with-default': ['volatile-default', 'stored-generated-rewrite'],
  'adding-foreign-key-constraint': ['foreign-key-not-valid'],
  'adding-not-nullable-field': ['set-not-null-scan'],
  'adding-required-field': ['required-column'],
  'adding-serial-primary-key-field': ['unique-constraint-lock', 'serial-or-identity-rewrite'],
  'ban-alter-domain-with-add-constraint': ['domain-constraint-scan'],
  'ban-char-field': ['no-char'],
  'ban-concurrent-index-creation-in-transaction': ['concurrent-in-transaction'],
  'ban-create-domain-with-constraint': ['constrained-domain'],
  'ban-drop-column': ['drop-column'],
  'ban-drop-database': ['drop-database'],
  'ban-drop-not-null': ['drop-not-null'],
  'ban-drop-table': ['drop-table'],
  'ban-duplicate-column-assignments': ['duplicate-assignment'],
  'ban-truncate-cascade': ['truncate', 'drop-cascade'],
  'ban-uncommitted-transaction': ['uncommitted-transaction'],
  'changing-column-type': ['column-type-rewrite', 'column-type-narrowing'],
  'constraint-missing-not-valid': [
    'foreign-key-not-valid',
    'check-not-valid',
    'exclusion-constraint-lock',
    'unique-constraint-lock',
    'set-not-null-scan',
    'validate-in-same-transaction',
  ],
  'disallowed-unique-constraint': ['unique-constraint-lock'],
  'identifier-too-long': ['identifier-too-long'],
  'prefer-bigint-over-int': ['prefer-bigint'],
  'prefer-bigint-over-smallint': ['prefer-bigint'],
  'prefer-identity': ['prefer-identity'],
  'prefer-repack': ['cluster-or-vacuum-full'],
  'prefer-robust-stmts': ['not-repeatable'],
  'prefer-text-field': ['prefer-text'],
  'prefer-timestamp-tz': ['prefer-timestamptz'],
  'prefer-timestamptz': ['prefer-timestamptz'],
  'renaming-column': ['rename-column'],
  'renaming-table': ['rename-table'],
  'require-concurrent-index-creation': ['require-concurrent-index'],
  'require-concurrent-index-deletion': ['require-concurrent-index-drop'],
  'require-concurrent-partition-detach': ['detach-partition-lock'],
  'require-concurrent-reindex': ['require-concurrent-reindex'],
  'require-enum-value-ordering': ['enum-value-position'],
  'require-lock-timeout': ['missing-lock-timeout'],
  'require-statement-timeout': ['missing-statement-timeout'],
  'require-table-schema': ['qualified-names'],
  'require-timeout-settings': ['missing-lock-timeout', 'missing-statement-timeout'],
  'transaction-nesting': ['nested-transaction'],
};

/** eugene: the identifiers of its hints. E15 was W15 before. */
export const eugene: Translation = {
  E1: ['foreign-key-not-valid', 'check-not-valid'],
  E2: ['set-not-null-scan', 'required-column'],
  E3: ['prefer-jsonb'],
  E4: ['long-statement-under-lock', 'locks-in-one-transaction'],
  E5: ['column-type-rewrite', 'volatile-default'],
  E6: ['require-concurrent-index'],
  E7: ['unique-constraint-lock'],
  E8: ['exclusion-constraint-lock'],
  E9: ['missing-lock-timeout'],
  E10: [
    'column-type-rewrite',
    'volatile-default',
    'serial-or-identity-rewrite',
    'stored-generated-rewrite',
    'cluster-or-vacuum-full',
    'set-logged-rewrite',
  ],
  E11: ['serial-or-identity-rewrite', 'stored-generated-rewrite', 'volatile-default'],
  W12: ['combine-alters'],
  W13: ['no-enums'],
  W14: ['set-not-null-scan'],
  E15: ['foreign-key-index'],
  W15: ['foreign-key-index'],
};

/** atlas: the codes of its checks, and the analyzers' own names. A code's first letters stand for the whole class. */
export const atlas: Translation = {
  BC101: ['rename-table'],
  BC102: ['rename-column'],
  CD101: ['drop-constraint'],
  DS101: ['drop-schema', 'drop-cascade'],
  DS102: ['drop-table'],
  DS103: ['drop-column'],
  LT101: ['set-not-null-scan'],
  MF101: ['unique-constraint-lock', 'unique-may-fail'],
  MF102: ['unique-constraint-lock'],
  MF103: ['required-column'],
  MF104: ['set-not-null-scan'],
  MY101: ['required-column'],
  MY102: [],
  MY110: ['online-ddl-clause'],
  MY111: ['online-ddl-clause'],
  MY112: ['online-ddl-clause'],
  MY113: ['online-ddl-clause'],
  MY120: ['online-ddl-clause'],
  MY121: ['online-ddl-clause'],
  MY122: ['online-ddl-clause'],
  MY123: ['online-ddl-clause'],
  NM101: ['naming'],
  NM102: ['naming'],
  NM103: ['naming'],
  NM104: ['naming'],
  NM105: ['naming'],
  NM106: ['naming'],
  PG101: ['require-concurrent-index'],
  PG102: ['require-concurrent-index-drop'],
  PG103: ['concurrent-in-transaction'],
  PG104: ['unique-constraint-lock'],
  PG105: ['unique-constraint-lock'],
  PG110: ['column-order'],
  PG301: ['column-type-rewrite'],
  PG302: ['volatile-default'],
  PG303: ['set-not-null-scan'],
  PG304: ['set-not-null-scan', 'unique-constraint-lock'],
  PG305: ['check-not-valid'],
  PG306: ['foreign-key-not-valid'],
  PG307: ['foreign-key-not-valid'],
  PG311: ['stored-generated-rewrite'],
  concurrent_index: ['require-concurrent-index', 'require-concurrent-index-drop', 'concurrent-in-transaction'],
  data_depend: ['required-column', 'set-not-null-scan', 'unique-constraint-lock'],
  destructive: ['drop-table', 'drop-column', 'drop-schema', 'drop-cascade', 'truncate'],
  incompatible: ['rename-table', 'rename-column'],
  naming: ['naming'],
  non_linear: ['out-of-order-version', 'edited-migration'],
  nestedtx: ['nested-transaction'],
};

/** strong_migrations: its checks by the names that `disable_check` takes. Its ignoring is Ruby, so these are for reading only. */
export const strongMigrations: Translation = {
  add_check_constraint: ['check-not-valid'],
  add_column_auto_incrementing: ['serial-or-identity-rewrite'],
  add_column_default: ['volatile-default'],
  add_column_default_callable: ['volatile-default'],
  add_column_generated_stored: ['stored-generated-rewrite'],
  add_column_json: ['prefer-jsonb'],
  add_exclusion_constraint: ['exclusion-constraint-lock'],
  add_foreign_key: ['foreign-key-not-valid'],
  add_index: ['require-concurrent-index'],
  add_index_columns: ['wide-index'],
  add_reference: ['require-concurrent-index', 'foreign-key-not-valid'],
  add_unique_constraint: ['unique-constraint-lock'],
  change_column: ['column-type-rewrite', 'column-type-narrowing'],
  change_column_null: ['set-not-null-scan'],
  create_table: ['drop-cascade', 'drop-table'],
  execute: [],
  remove_column: ['drop-column'],
  remove_index: ['require-concurrent-index-drop'],
  rename_column: ['rename-column'],
  rename_schema: ['rename-schema'],
  rename_table: ['rename-table'],
  validate_check_constraint: ['validate-in-same-transaction'],
  validate_foreign_key: ['validate-in-same-transaction'],
};

/** The rules that a peer's names stand for; no names mean every rule. */
export function translate(names: readonly string[], translation: Translation): readonly string[] | 'all' {
  if (names.length === 0) return 'all';
  return names.flatMap((name) => {
    const exact = Object.hasOwn(translation, name) ? translation[name] : undefined;
    if (exact !== undefined) return exact;
    return Object.entries(translation).flatMap(([key, rules]) =>
      /^[A-Z]{2}\d?$/.test(name) && key.startsWith(name) ? rules : [],
    );
  });
}
