import { readFileSync } from 'node:fs';
import {
  buildSchema,
  GraphQLInt,
  GraphQLNonNull,
  type GraphQLOutputType,
  GraphQLScalarType,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';

/** GitHub's database ids outgrew 32 bits long ago, and it sends them as `Int` all the same (octokit.graphql.net#312). */
const wideInt = new GraphQLScalarType<number, number>({
  ...GraphQLInt.toConfig(),
  coerceOutputValue: (value) => Number(value),
});

function widened(type: GraphQLOutputType): GraphQLOutputType {
  if (type === GraphQLInt) return wideInt;
  return type instanceof GraphQLNonNull && type.ofType === GraphQLInt ? new GraphQLNonNull(wideInt) : type;
}

function load(): GraphQLSchema {
  const schema = buildSchema(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const field = type.getFields().databaseId;
    if (field) field.type = widened(field.type);
  }
  return schema;
}

/** The sandbox's slice of GitHub's schema. Answers come from the objects themselves (see `Fields`). */
export const schema = load();
