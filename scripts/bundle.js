// JavaScript, because `npm ci` runs this, also where no Node that strips types is installed.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The commands that are run often and must start at once. The others start from the sources, with files of many kinds. */
const commands = ['lint', 'rules', 'schema'];

/** What `lint` needs in every run, with everything that it imports: one file, because each one takes time to find and to read. */
const usual = /\/src\/cli\/(?:start|run|lint)\.ts$/;

/** Leaves out the commands that are not bundled: nobody asks the bundle for them. */
const otherCommands = {
  name: 'other-commands',
  resolveId(source, importer) {
    const command = importer?.endsWith('/src/cli/commands.ts') ? /^\.\/(\w+)\.ts$/.exec(source)?.[1] : undefined;
    return command === undefined || commands.includes(command) ? undefined : { id: source, external: true };
  },
};

/** The bundler, or `undefined` where the development dependencies are left out: then everything starts from the sources. */
async function bundler() {
  try {
    return (await import('rolldown')).rolldown;
  } catch (error) {
    if (error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Writes `dist/`: the quick commands in a few files, and a list of these commands and of the sources that they were made of. */
async function bundle(rolldown) {
  rmSync(`${root}dist`, { recursive: true, force: true });
  const build = await rolldown({
    input: { start: `${root}src/cli/start.ts` },
    platform: 'node',
    // The entry may export to the other files what they share with it, rather than stand in front of a third.
    preserveEntrySignatures: 'allow-extension',
    // What brings files of its own, or is loaded only when needed, stays where it is installed.
    external: [/^node:/, 'node-sql-parser', /^sql-lint/, 'yaml'],
    plugins: [otherCommands],
  });
  const { output } = await build.write({
    dir: `${root}dist`,
    format: 'cjs',
    strict: true,
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    minify: true,
    postBanner: '/* Parts of this are packages under licences of their own, which stand in node_modules/. */',
    // V8 keeps a text in twice the space as soon as one character of it needs that.
    charset: 'ascii',
    codeSplitting: { groups: [{ name: 'start', test: usual }] },
  });
  const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  // Packages change only by being installed, which makes the bundle anew.
  const inputs = modules.map((id) => relative(root, id)).filter((path) => /^(?:src\/|package\.json$)/.test(path));
  writeFileSync(`${root}dist/bundle.json`, JSON.stringify({ commands, inputs: inputs.toSorted() }));
  console.log(`dist: ${inputs.length} sources in ${readdirSync(`${root}dist`).length - 1} files`);
}

const rolldown = await bundler();
if (rolldown === undefined) console.log('dist: not made, because the development dependencies are not installed');
else await bundle(rolldown);
