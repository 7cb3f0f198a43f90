import { GraphQLError } from 'graphql';
import { Refusal } from '../refusal.ts';

/** An error as GitHub types it: clients tell `NOT_FOUND` and `FORBIDDEN` apart by `type`, which stands beside `message`. */
export interface ErrorAnswer {
  readonly type?: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly message: string;
}

/** A refusal inside a query. */
export function failure(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

/** What was asked for is not there, or not for the caller to know. */
export function unresolved(what: string): GraphQLError {
  return failure('NOT_FOUND', `Could not resolve to ${what}.`);
}

function typeOf(refusal: Refusal): string {
  switch (refusal.status) {
    case 401:
    case 403:
      return 'FORBIDDEN';
    case 404:
      return 'NOT_FOUND';
    case 409:
      // Which type belongs to which refusal is reported by users (GITHUB.md has the compare-and-swap).
      return /pull request/.test(refusal.message) ? 'BRANCH_PROTECTION_RULE_VIOLATION' : 'STALE_DATA';
    default:
      return 'UNPROCESSABLE';
  }
}

function sentence(refusal: Refusal): string {
  const details = refusal.errors.map((error) =>
    typeof error === 'string' ? error : (error.message ?? `${error.field} is ${error.code.replaceAll('_', ' ')}`),
  );
  return details.length > 0 ? details.join(', ') : refusal.message;
}

/** An error of graphql-js as GitHub prints it. Defects of the sandbox itself are thrown on, so that they are seen. */
export function answerOf(error: GraphQLError): ErrorAnswer {
  const cause = error.originalError;
  if (cause && !(cause instanceof Refusal) && !(cause instanceof GraphQLError)) throw cause;
  const place = {
    ...(error.path ? { path: error.path } : {}),
    ...(error.locations ? { locations: error.locations } : {}),
  };
  if (cause instanceof Refusal) {
    const type = typeOf(cause);
    const extensions = type === 'FORBIDDEN' ? { extensions: { saml_failure: false } } : {};
    return { type, ...place, ...extensions, message: sentence(cause) };
  }
  const { type, ...extensions } = error.extensions;
  if (typeof type === 'string') return { type, ...place, message: error.message };
  return { ...place, ...(Object.keys(extensions).length > 0 ? { extensions } : {}), ...spelled(error.message) };
}

/** GitHub's words for a field or argument that is not there; clients look for them to find out what a server lacks. */
function spelled(message: string): { readonly message: string; readonly extensions?: Record<string, unknown> } {
  const field = /^Cannot query field "(\w+)" on type "(\w+)"/.exec(message);
  if (field) {
    const [, fieldName, typeName] = field;
    return {
      message: `Field '${fieldName}' doesn't exist on type '${typeName}'`,
      extensions: { code: 'undefinedField', typeName, fieldName },
    };
  }
  const argument = /^Unknown argument "(\w+)" on field "(?:\w+\.)?(\w+)"/.exec(message);
  if (argument) {
    const [, argumentName, name] = argument;
    return {
      message: `Field '${name}' doesn't accept argument '${argumentName}'`,
      extensions: { code: 'argumentNotAccepted', name, typeName: 'Field', argumentName },
    };
  }
  return { message };
}
