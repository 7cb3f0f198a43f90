/** One command. What it needs is loaded when it runs, so that none waits for another's libraries. */
export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly about: string;
  /** Each option, and what it does. */
  readonly options: readonly (readonly [option: string, meaning: string])[];
  /** Runs it to its end. Returns the exit code. */
  readonly run: (args: readonly string[]) => Promise<number>;
}

const lintUsage =
  'database-lead lint [PATH...] [--engine E] [--engine-version V] [--schema PATH] [--assume-in-transaction] [--format text|json|sarif|github] [--fix] [OPTION...]';
const planUsage =
  'database-lead plan --current PATH --desired PATH [--engine E] [--engine-version V] [--format text|json|sql] [--out DIR] [ANSWER...] [--rows TABLE=N]...';
const verifyUsage = 'database-lead verify --migrations PATH [--base N|FILE] [--engine E] [--format text|json]';
const reviewUsage =
  'database-lead review [--pr OWNER/REPO#N|URL] [--dry-run] [--format text|json|sarif|github] [--no-verify] [--upload-sarif] [--fail-on LEVEL] [--api-url URL] [--token-env NAME]';
const schemaUsage = 'database-lead schema PATH [--engine E] [--format text|json|mermaid]';
const rulesUsage = 'database-lead rules [RULE] [--format text|json]';

const engine = ['--engine E', 'postgresql, mysql, mariadb or sqlite; default: what the folders tell'] as const;

/** Every command, in the order in which help lists them. */
export const commands: readonly Command[] = [
  {
    name: 'lint',
    usage: lintUsage,
    about:
      'Holds SQL files and migrations against the rules. A PATH is a file, a directory, a glob in quotes, or - for standard input; without one, the migrations that are configured or found here',
    options: [
      engine,
      ['--engine-version V', '16, 8.4; default: the configured one, else the oldest that its makers support'],
      ['--schema PATH', 'DDL or migrations that exist before'],
      ['--assume-in-transaction', 'read every file as one transaction, whatever its tool does'],
      ['--format F', 'text, json, sarif (code scanning) or github (annotations of GitHub Actions)'],
      ['--fix', 'fix what can be fixed, in the files; standard input is printed fixed'],
      ['--dry-run', 'with --fix: print the changes as a diff and write nothing'],
      ['--rule ID=LEVEL', 'another level for a rule (error, warning, notice, off); may be repeated'],
      ['--min-level L', 'show nothing milder than error, warning or notice; the exit code stays the same'],
      ['--config FILE', 'a configuration; default: .github/database-lead.yml above the path, up to the git root'],
      ['--no-config', 'look for no configuration'],
      ['--stdin-filename NAME', 'the file that standard input stands for'],
      ['-q, --quiet', 'findings and errors alone: no remarks, no summary, no progress'],
    ],
    run: async (args) => (await import('./lint.ts')).lintCommand(args, lintUsage),
  },
  {
    name: 'plan',
    usage: planUsage,
    about:
      'Designs the safe steps from one schema to another and runs them on a throwaway PostgreSQL, there and back, before it shows them. A PATH is a DDL file, a directory of migrations, a dump of pg_dump, or - for standard input',
    options: [
      ['--current PATH', 'the schema as it is'],
      ['--desired PATH', 'the schema as it is to be'],
      engine,
      ['--engine-version V', '16; default: the oldest that its makers support'],
      ['--format F', 'text, json, or sql (the migration files)'],
      ['--out DIR', 'write the migration files, up and down, as the migration tool there names them'],
      ['--rename OLD=NEW', 'an answer: orders.note=remark, clients=customers, a.t=b.t, state.open=new'],
      ['--move T.C=OTHER.C', 'an answer: the values of a column go to another table: users.bio=profiles.bio'],
      ['--drop NAME', 'an answer: what is gone is gone on purpose, and was not renamed'],
      ['--fill T.C=EXPRESSION', 'an answer: what existing rows get in a column that is to be required'],
      ['--convert T.C=EXPRESSION', 'an answer: how the values of a column become those of its new type'],
      [
        '--rename-in-phases',
        'rename columns by a second one that is kept equal, so that old and new code run side by side',
      ],
      ['--rows TABLE=N', 'how many rows there are, so that a small table is treated as one'],
      [
        'in the desired schema',
        'comments at a column answer too: -- database-lead: renamed from OLD | moved from T.C | fill with EXPRESSION | convert using EXPRESSION',
      ],
    ],
    run: async (args) => (await import('./plan.ts')).planCommand(args, planUsage),
  },
  {
    name: 'verify',
    usage: verifyUsage,
    about: 'Runs migrations on a throwaway PostgreSQL: up, down and up again',
    options: [
      ['--migrations PATH', 'the directory of the migrations'],
      ['--base N|FILE', 'the first N, or those up to FILE, have been merged already; default 0'],
      engine,
      ['--format F', 'text or json'],
    ],
    run: async (args) => (await import('./verify.ts')).verifyCommand(args, verifyUsage),
  },
  {
    name: 'review',
    usage: reviewUsage,
    about:
      "Reviews a pull request on GitHub as the App does, with the token in GITHUB_TOKEN (or GH_TOKEN): comments on its lines, check runs where the token is an App's, and the migrations run on a throwaway PostgreSQL",
    options: [
      ['--pr PULL', 'OWNER/REPO#N or an address; in a workflow also N, and by default the one that started it'],
      ['--dry-run', 'print what would be posted, and write nothing'],
      ['--format F', 'text, json, sarif (code scanning) or github (annotations of GitHub Actions)'],
      ['--no-verify', 'do not execute the migrations'],
      ['--upload-sarif', 'hand the findings to code scanning, too'],
      ['--fail-on LEVEL', 'exit 1 from this level on: error (default), warning, notice; never'],
      [
        '--api-url URL',
        'of an Enterprise Server: https://HOST/api/v3; default: GITHUB_API_URL, GHE_HOST, else that of github.com',
      ],
      ['--token-env NAME', 'the variable that holds the token'],
    ],
    run: async (args) => (await import('./review.ts')).reviewCommand(args, reviewUsage),
  },
  {
    name: 'schema',
    usage: schemaUsage,
    about: 'Shows the schema that a DDL file or a directory of migrations makes',
    options: [engine, ['--format F', 'text, json or mermaid']],
    run: async (args) => (await import('./schema.ts')).schemaCommand(args, schemaUsage),
  },
  {
    name: 'rules',
    usage: rulesUsage,
    about: 'Lists the rules by category, or explains one with its options and examples',
    options: [['--format F', 'text or json']],
    run: async (args) => (await import('./rules.ts')).rulesCommand(args, rulesUsage),
  },
  {
    name: 'sandbox',
    usage: 'database-lead sandbox [--repo DIR] [--port N] [--server-version V] [--without PERMISSION]...',
    about: 'A GitHub on localhost with the App on it, over a copy of your repository',
    options: [
      ['--repo DIR', 'your repository; without it, the example shop'],
      ['--port N', 'default 4000'],
      ['--server-version V', 'play a GitHub Enterprise Server, such as 3.17; default: GitHub.com'],
      ['--without PERMISSION', 'an installation that lacks it, such as checks; may be repeated'],
    ],
    run: async (args) => (await import('./sandbox.ts')).sandboxCommand(args),
  },
  {
    name: 'serve',
    usage: 'database-lead serve',
    about: 'The server of the GitHub App; docs/deployment.md lists its environment',
    options: [],
    run: async () => (await import('./serve.ts')).serveUntilStopped(process.env),
  },
];
