/** One command. What it needs is loaded when it runs, so that none waits for another's libraries. */
export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly about: string;
  /** Runs it to its end. Returns the exit code. */
  readonly run: (args: readonly string[]) => Promise<number>;
}

const lintUsage =
  'database-lead lint PATH... [--engine E] [--engine-version V] [--schema PATH] [--assume-in-transaction] [--format text|json|sarif|github]';
const verifyUsage = 'database-lead verify --migrations PATH [--base N|FILE] [--engine E] [--format text|json]';
const schemaUsage = 'database-lead schema PATH [--engine E] [--format text|json|mermaid]';
const rulesUsage = 'database-lead rules [RULE]';

/** Every command, in the order in which help lists them. */
export const commands: readonly Command[] = [
  {
    name: 'lint',
    usage: lintUsage,
    about: 'Holds SQL files and migrations against the rules',
    run: async (args) => (await import('./lint.ts')).lintCommand(args, lintUsage),
  },
  {
    name: 'verify',
    usage: verifyUsage,
    about: 'Runs migrations on a throwaway PostgreSQL: up, down and up again',
    run: async (args) => (await import('./verify.ts')).verifyCommand(args, verifyUsage),
  },
  {
    name: 'schema',
    usage: schemaUsage,
    about: 'Shows the schema that a DDL file or a directory of migrations makes',
    run: async (args) => (await import('./schema.ts')).schemaCommand(args, schemaUsage),
  },
  {
    name: 'rules',
    usage: rulesUsage,
    about: 'Lists the rules, or explains one',
    run: async (args) => (await import('./rules.ts')).rulesCommand(args, rulesUsage),
  },
  {
    name: 'sandbox',
    usage: 'database-lead sandbox [--repo DIR] [--port N]',
    about: 'A GitHub on localhost with the App on it, over a copy of your repository',
    run: async (args) => (await import('./sandbox.ts')).sandboxCommand(args),
  },
  {
    name: 'serve',
    usage: 'database-lead serve',
    about: 'The server of the GitHub App',
    run: async () => (await import('./serve.ts')).serveUntilStopped(process.env),
  },
];
