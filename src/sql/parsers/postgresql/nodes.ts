import type { Node } from 'libpg-query';

type KeysOf<Union> = Union extends Union ? keyof Union : never;

/** The name of a kind of node in PostgreSQL's syntax tree. */
export type NodeKind = KeysOf<Node> & string;
export type NodeOf<Kind extends NodeKind> = Extract<Node, Record<Kind, unknown>>[Kind &
  keyof Extract<Node, Record<Kind, unknown>>];

/** The node as that kind, or `undefined` when it is another. */
export function as<Kind extends NodeKind>(node: Node | undefined, kind: Kind): NodeOf<Kind> | undefined {
  return (node as Record<string, NodeOf<Kind>> | undefined)?.[kind];
}

/** Those nodes of a list that are of the kind. */
export function allOf<Kind extends NodeKind>(nodes: readonly Node[] | undefined, kind: Kind): readonly NodeOf<Kind>[] {
  const found: NodeOf<Kind>[] = [];
  for (const node of nodes ?? []) {
    const value = as(node, kind);
    if (value !== undefined) found.push(value as NodeOf<Kind>);
  }
  return found;
}

/** The texts of a list of `String` nodes. */
export function texts(nodes: readonly Node[] | undefined): readonly string[] {
  return allOf(nodes, 'String').map(({ sval }) => sval ?? '');
}

/**
 * Visits every object of a tree, parents first, with the key under which it stands. Keeps its own stack: a tree of
 * hostile depth must not exhaust ours.
 */
export function visit(tree: unknown, visitor: (key: string, value: Record<string, unknown>) => void): void {
  // Two stacks of the same height, because a pair for every member of every tree would be most of the work.
  const keys = [''];
  const values = [tree];
  for (let key = keys.pop(); key !== undefined; key = keys.pop()) {
    const value = values.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (let at = value.length - 1; at >= 0; at--) {
        keys.push(key);
        values.push(value[at]);
      }
      continue;
    }
    const node = value as Record<string, unknown>;
    visitor(key, node);
    const names = Object.keys(node);
    for (let at = names.length - 1; at >= 0; at--) {
      const name = names[at] as string;
      const member = node[name];
      if (typeof member !== 'object') continue;
      keys.push(name);
      values.push(member);
    }
  }
}
