import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** Nodes that one call may ask for (GITHUB.md section 4). */
export const mostNodes = 500_000;

interface Weight {
  /** Records that could be returned, for one parent. */
  readonly nodes: number;
  /** Requests needed to fill the connections, for one parent. */
  readonly requests: number;
}

function sizeOf(field: FieldNode, variables: Readonly<Record<string, unknown>>): number | null {
  for (const { name, value } of field.arguments ?? []) {
    if (name.value !== 'first' && name.value !== 'last') continue;
    if (value.kind === Kind.INT) return Number(value.value);
    if (value.kind === Kind.VARIABLE) {
      const given = variables[value.name.value];
      if (typeof given === 'number') return given;
    }
  }
  return null;
}

/**
 * Counts what a valid query could return at most, and its price in points: the requests needed to fill every connection,
 * by hundreds, at least one (GitHub's "Rate limits and query limits for the GraphQL API").
 */
export function measure(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): { readonly points: number; readonly nodes: number } {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  // A fragment is weighed once, however often it is spread: otherwise ten small fragments could cost a million steps.
  const weighed = new Map<string, Weight>();

  function weigh(selection: SelectionSetNode | undefined): Weight {
    let [nodes, requests] = [0, 0];
    for (const node of selection?.selections ?? []) {
      const weight = weightOf(node);
      nodes += weight.nodes;
      requests += weight.requests;
    }
    return { nodes, requests };
  }

  function weightOf(node: SelectionSetNode['selections'][number]): Weight {
    switch (node.kind) {
      case Kind.INLINE_FRAGMENT:
        return weigh(node.selectionSet);
      case Kind.FRAGMENT_SPREAD: {
        const name = node.name.value;
        const known = weighed.get(name) ?? weigh(fragments.get(name)?.selectionSet);
        weighed.set(name, known);
        return known;
      }
      case Kind.FIELD: {
        const below = weigh(node.selectionSet);
        const size = sizeOf(node, variables);
        if (size === null) return below;
        return { nodes: size + size * below.nodes, requests: 1 + size * below.requests };
      }
    }
  }

  const { nodes, requests } = weigh(operation.selectionSet);
  return { nodes, points: Math.max(1, Math.round(requests / 100)) };
}
