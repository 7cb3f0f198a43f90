/** Which of our rules a peer's rule stands for, so that a team keeps its ignore comments. A peer's rule without ours is left out. */
type Translation = Readonly<Record<string, readonly string[]>>;

/** squawk: the rule names of its documentation. */
export const squawk: Translation = {
  'adding-field-with-default': ['volatile-default'],
  'adding-foreign-key-constraint': ['foreign-key-not-valid'],
  'adding-not-nullable-field': ['set-not-null-scan'],
  'adding-required-field': ['required-column'],
  'adding-serial-primary-key-field': ['unique-constraint-lock', 'volatile-default'],
  'ban-concurrent-index-creation-in-transaction': ['concurrent-in-transaction'],
  'ban-drop-column': ['drop-column'],
  'ban-drop-table': ['drop-table'],
  'ban-truncate-cascade': ['truncate', 'drop-cascade'],
  'changing-column-type': ['column-type-rewrite'],
  'constraint-missing-not-valid': ['foreign-key-not-valid', 'check-not-valid'],
  'disallowed-unique-constraint': ['unique-constraint-lock'],
  'renaming-column': ['rename-column'],
  'renaming-table': ['rename-table'],
  'require-concurrent-index-creation': ['require-concurrent-index'],
  'require-concurrent-index-deletion': ['require-concurrent-index-drop'],
  'require-timeout-settings': ['missing-lock-timeout'],
};

/** eugene: the identifiers of its hints. */
export const eugene: Translation = {
  E1: ['foreign-key-not-valid', 'check-not-valid'],
  E2: ['set-not-null-scan', 'required-column'],
  E5: ['column-type-rewrite', 'volatile-default'],
  E6: ['require-concurrent-index'],
  E7: ['unique-constraint-lock'],
  E9: ['missing-lock-timeout'],
  E10: ['column-type-rewrite', 'volatile-default'],
  E11: ['volatile-default'],
};

/** atlas: the codes of its analyzers, and the analyzers' own names. A code's first letters stand for the whole class. */
export const atlas: Translation = {
  DS101: ['drop-cascade'],
  DS102: ['drop-table'],
  DS103: ['drop-column'],
  MF103: ['required-column'],
  MF104: ['set-not-null-scan'],
  BC101: ['rename-table'],
  BC102: ['rename-column'],
  PG101: ['require-concurrent-index'],
  PG102: ['require-concurrent-index-drop'],
  PG103: ['concurrent-in-transaction'],
  PG104: ['unique-constraint-lock'],
  PG105: ['unique-constraint-lock'],
  PG301: ['column-type-rewrite'],
  PG302: ['volatile-default'],
  PG303: ['set-not-null-scan'],
  PG305: ['check-not-valid'],
  PG306: ['foreign-key-not-valid'],
  destructive: ['drop-table', 'drop-column', 'drop-cascade', 'truncate'],
  data_depend: ['required-column', 'set-not-null-scan'],
  incompatible: ['rename-table', 'rename-column'],
  concurrent_index: ['require-concurrent-index', 'require-concurrent-index-drop', 'concurrent-in-transaction'],
};

/** The rules that a peer's names stand for; no names mean every rule. */
export function translate(names: readonly string[], translation: Translation): readonly string[] | 'all' {
  if (names.length === 0) return 'all';
  return names.flatMap((name) => {
    const exact = translation[name];
    if (exact !== undefined) return exact;
    return Object.entries(translation).flatMap(([key, rules]) =>
      /^[A-Z]{2}$/.test(name) && key.startsWith(name) ? rules : [],
    );
  });
}
