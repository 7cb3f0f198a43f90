/** Names here are keys: `schema.table`, `schema.table.column`. What a part belongs to. */
export function owner(name: string): string {
  return name.slice(0, name.lastIndexOf('.'));
}

export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Another name in the same place. */
export function beside(name: string, other: string): string {
  return `${owner(name)}.${other}`;
}

/** As a person writes it: the default schema is left out. */
export function shown(name: string): string {
  return name.replace(/^public\./, '');
}
