import { readFileSync } from 'node:fs';
import {
  buildASTSchema,
  type DocumentNode,
  GraphQLInt,
  GraphQLNonNull,
  type GraphQLOutputType,
  GraphQLScalarType,
  type GraphQLSchema,
  isObjectType,
  Kind,
  parse,
  visit,
} from 'graphql';
import { has, subIssueFields } from '../enterprise.ts';

/** GitHub's database ids outgrew 32 bits long ago, and it sends them as `Int` all the same (octokit.graphql.net#312). */
const wideInt = new GraphQLScalarType<number, number>({
  ...GraphQLInt.toConfig(),
  coerceOutputValue: (value) => Number(value),
});

function widened(type: GraphQLOutputType): GraphQLOutputType {
  if (type === GraphQLInt) return wideInt;
  return type instanceof GraphQLNonNull && type.ofType === GraphQLInt ? new GraphQLNonNull(wideInt) : type;
}

const source = parse(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));

function load(document: DocumentNode): GraphQLSchema {
  const schema = buildASTSchema(document);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const field = type.getFields().databaseId;
    if (field) field.type = widened(field.type);
  }
  return schema;
}

/** The sandbox's slice of GitHub's schema. Answers come from the objects themselves (see `Fields`). */
export const schema = load(source);

/** As an Enterprise Server from before sub-issues has it. */
let older: GraphQLSchema | undefined;

/** The schema of an Enterprise Server of this version, or with `null` GitHub.com's. */
export function schemaOf(server: string | null): GraphQLSchema {
  if (has(server, 'sub-issues')) return schema;
  older ??= load(without(subIssueFields));
  return older;
}

function without(fields: Readonly<Record<string, readonly string[]>>): DocumentNode {
  const kept = <Field extends { readonly name: { readonly value: string } }>(node: {
    readonly name: { readonly value: string };
    readonly fields?: readonly Field[] | undefined;
  }) => ({ ...node, fields: node.fields?.filter(({ name }) => !fields[node.name.value]?.includes(name.value)) });
  return visit(source, { [Kind.OBJECT_TYPE_DEFINITION]: kept, [Kind.INPUT_OBJECT_TYPE_DEFINITION]: kept });
}
