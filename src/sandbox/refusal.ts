/** One entry of the `errors` list of a 422, in GitHub's shape, or a sentence. */
export type FieldError =
  | string
  | {
      readonly resource: string;
      readonly field: string;
      readonly code:
        | 'missing'
        | 'too_large'
        | 'missing_field'
        | 'invalid'
        | 'already_exists'
        | 'unprocessable'
        | 'custom';
      readonly message?: string;
      readonly value?: unknown;
    };

/** GitHub says no. Thrown by operations; REST, GraphQL and the pages each show it in their own way. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly FieldError[];
  /** Further members of the JSON answer. */
  readonly extra: object;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    errors: readonly FieldError[] = [],
    extra: object = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.errors = errors;
    this.extra = extra;
    this.headers = headers;
  }
}

/** 404: not there, or not for you to know. */
export function notFound(): Refusal {
  return new Refusal(404, 'Not Found');
}

/**
 * 403 for an installation, or a fine-grained personal token, whose permissions do not reach; GitHub names those that would,
 * any one of which will do.
 */
export function notAccessible(
  accepted: readonly (readonly [permission: string, level: string])[] = [],
  by: 'integration' | 'personal access token' = 'integration',
): Refusal {
  const named = accepted.map(([permission, level]) => `${permission}=${level}`).join('; ');
  const headers = named === '' ? {} : { 'X-Accepted-GitHub-Permissions': named };
  return new Refusal(403, `Resource not accessible by ${by}`, [], {}, headers);
}

/** 422 with GitHub's list of what is wrong. */
export function invalid(...errors: readonly FieldError[]): Refusal {
  return new Refusal(422, 'Validation Failed', errors);
}
