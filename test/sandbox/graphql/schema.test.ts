import { schema as github } from '@octokit/graphql-schema';
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
  validateSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../../src/sandbox/graphql/schema.ts';

const published = buildSchema(github.idl, { assumeValidSDL: true });

function shape(input: GraphQLArgument | GraphQLInputField) {
  const { name, type, default: otherwise } = input;
  return { name, type: String(type), otherwise: JSON.stringify(otherwise?.literal ?? otherwise?.value, hideLocation) };
}

function hideLocation(key: string, value: unknown) {
  return key === 'loc' ? undefined : value;
}

/** What differs between a type of ours and GitHub's, in words. */
function* differences(ours: GraphQLNamedType): Generator<string> {
  const theirs = published.getType(ours.name);
  if (!theirs) return yield `${ours.name} is unknown`;
  if (theirs.constructor.name !== ours.constructor.name) return yield `${ours.name} is another kind of type`;
  if (isEnumType(ours) && isEnumType(theirs))
    for (const { name } of ours.getValues()) if (!theirs.getValue(name)) yield `${ours.name}.${name} is unknown`;
  if (isUnionType(ours) && isUnionType(theirs))
    for (const { name } of ours.getTypes())
      if (!theirs.getTypes().some((type) => type.name === name)) yield `${name} is no member of ${ours.name}`;
  if (isInputObjectType(ours) && isInputObjectType(theirs)) {
    const [mine, known] = [ours.getFields(), theirs.getFields()];
    for (const field of Object.values(mine)) {
      const same = known[field.name];
      if (!same) yield `${ours.name}.${field.name} is unknown`;
      else if (JSON.stringify(shape(field)) !== JSON.stringify(shape(same))) yield `${ours.name}.${field.name} differs`;
    }
    for (const field of Object.values(known))
      if (isRequiredInputField(field) && !mine[field.name]) yield `${ours.name}.${field.name} is required and missing`;
  }
  if ((isObjectType(ours) || isInterfaceType(ours)) && (isObjectType(theirs) || isInterfaceType(theirs))) {
    for (const { name } of ours.getInterfaces())
      if (!theirs.getInterfaces().some((type) => type.name === name)) yield `${ours.name} does not implement ${name}`;
    for (const field of Object.values(ours.getFields())) {
      const place = `${ours.name}.${field.name}`;
      const same = theirs.getFields()[field.name];
      if (!same) yield `${place} is unknown`;
      else if (String(same.type) !== String(field.type)) yield `${place} is ${same.type}, not ${field.type}`;
      for (const argument of field.args) {
        const known = same?.args.find((candidate) => candidate.name === argument.name);
        if (!known) yield `${place}(${argument.name}) is unknown`;
        else if (JSON.stringify(shape(argument)) !== JSON.stringify(shape(known)))
          yield `${place}(${argument.name}) differs`;
      }
      for (const argument of same?.args ?? [])
        if (isRequiredArgument(argument) && !field.args.some(({ name }) => name === argument.name))
          yield `${place}(${argument.name}) is required and missing`;
    }
  }
}

const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

describe('the slice of the schema', () => {
  it('is a whole schema', () => {
    expect(validateSchema(schema)).toEqual([]);
  });

  it.each(types.map((type) => [type.name, type] as const))('%s is spelled as GitHub spells it', (_, type) => {
    expect([...differences(type)]).toEqual([]);
  });

  it('would notice a difference', () => {
    const wrong = buildSchema(
      'type Query { rateLimit(dryRun: Int): RateLimit! nothing: Int } type RateLimit { cost: Int! }',
    );
    const query = wrong.getQueryType();
    expect(query && [...differences(query)]).toEqual([
      'Query.rateLimit is RateLimit, not RateLimit!',
      'Query.rateLimit(dryRun) differs',
      'Query.nothing is unknown',
    ]);
  });
});
