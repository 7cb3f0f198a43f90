import {
  type DocumentNode,
  execute,
  GraphQLError,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import type { Allowance, Context } from './context.ts';
import { measure, mostNodes } from './cost.ts';
import { answerOf, type ErrorAnswer, failure } from './errors.ts';
import { mutationRoot } from './mutations/index.ts';
import { queryRoot } from './query.ts';
import { schemaOf } from './schema.ts';

export interface GraphqlAnswer {
  readonly data?: unknown;
  readonly errors?: readonly ErrorAnswer[];
}

/** Above this a text is no query that a person or the App wrote. */
const mostTokens = 100_000;

function refused(...errors: readonly GraphQLError[]): GraphqlAnswer {
  return { errors: errors.map(answerOf) };
}

function read(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxTokens: mostTokens });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function chosen(document: DocumentNode, name: string | null): OperationDefinitionNode | GraphQLError {
  const operation = getOperationAST(document, name);
  if (operation) return operation;
  return new GraphQLError(name === null ? 'An operation name is required' : `No operation named "${name}"`);
}

/**
 * Answers one GraphQL request. Everything that goes wrong inside a query is part of the answer, with HTTP status 200, as on
 * GitHub; only who does not say who they are is refused outright.
 *
 * @param body the parsed JSON of the request: `query`, and perhaps `variables` and `operationName`.
 * @param allowance what `rateLimit` tells; without it `rateLimit` is `null`, as where limits are off.
 * @throws Refusal 401 for an anonymous caller.
 */
export async function executeGraphql(
  site: Site,
  actor: Actor,
  body: unknown,
  allowance: Allowance | null = null,
): Promise<GraphqlAnswer> {
  if (actor.kind === 'anonymous') throw new Refusal(401, 'This endpoint requires you to be authenticated.');
  const { query, variables, operationName } = (typeof body === 'object' && body !== null ? body : {}) as {
    readonly query?: unknown;
    readonly variables?: unknown;
    readonly operationName?: unknown;
  };
  if (typeof query !== 'string')
    return refused(new GraphQLError('A query attribute must be specified and must be a string.'));
  const document = read(query);
  if (document instanceof GraphQLError) return refused(document);
  const schema = schemaOf(site.world.server);
  const errors = validate(schema, document);
  if (errors.length > 0) return refused(...errors);
  const operation = chosen(document, typeof operationName === 'string' ? operationName : null);
  if (operation instanceof GraphQLError) return refused(operation);
  const variableValues =
    typeof variables === 'object' && variables !== null ? (variables as Record<string, unknown>) : {};
  const cost = measure(document, operation, variableValues);
  if (cost.nodes > mostNodes)
    return refused(
      failure(
        'MAX_NODE_LIMIT_EXCEEDED',
        `This query requests up to ${cost.nodes.toLocaleString('en')} possible nodes which exceeds the maximum limit of ${mostNodes.toLocaleString('en')}.`,
      ),
    );
  const at: Context = { site, actor, allowance, cost };
  const result = await execute({
    schema,
    document,
    rootValue: operation.operation === 'mutation' ? mutationRoot(at) : queryRoot(at),
    contextValue: at,
    variableValues,
    operationName: operation.name?.value,
  });
  return {
    ...('data' in result ? { data: result.data } : {}),
    ...(result.errors ? { errors: result.errors.map(answerOf) } : {}),
  };
}
