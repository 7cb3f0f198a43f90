import type { Failure } from './run-file.ts';

/** The sentence where a failure says that this engine lacks an extension, so that nothing is known about the SQL itself. */
export function missingExtension({ message, code, statement }: Failure): string | undefined {
  const [, missing] = /^extension "([^"]+)" is not available$/.exec(message) ?? [];
  if (missing !== undefined && code === '0A000') return `extension ${missing} is missing`;
  const [, refused] = /^permission denied to create extension "([^"]+)"$/.exec(message) ?? [];
  if (refused !== undefined && code === '42501' && /\bextension\b/i.test(statement)) {
    return `extension ${refused} needs superuser rights, which a scratch engine does not give`;
  }
  return undefined;
}
