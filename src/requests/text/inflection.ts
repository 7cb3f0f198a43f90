const irregular: ReadonlyMap<string, string> = new Map(
  Object.entries({
    people: 'person',
    children: 'child',
    men: 'man',
    women: 'woman',
    data: 'data',
    indices: 'index',
    indexes: 'index',
    statuses: 'status',
    addresses: 'address',
    aliases: 'alias',
  }),
);

/** The singular of an English noun, well enough to tell that `companies` and `company` are one name. */
export function singular(noun: string): string {
  const known = irregular.get(noun);
  if (known !== undefined) return known;
  if (noun.length > 4 && noun.endsWith('ies')) return `${noun.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|zz)es$/.test(noun)) return noun.slice(0, -2);
  return noun.length > 2 && /[^su]s$/.test(noun) && !noun.endsWith('is') ? noun.slice(0, -1) : noun;
}

/** The name with its last part in the singular: `order_items` gives `order_item`. */
export function singularName(name: string): string {
  const cut = name.lastIndexOf('_') + 1;
  return name.slice(0, cut) + singular(name.slice(cut));
}
