import { parseArgs } from 'node:util';
import { serveUntilStopped } from './cli/serve.ts';
import { runStory } from './cli/story.ts';
import { hasCredentials } from './server/settings.ts';

/** `npm start`: the App's server where credentials are set, else the App against a sandbox GitHub, playing the example story. */
const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
process.exitCode = hasCredentials(process.env)
  ? await serveUntilStopped(process.env)
  : await runStory({ once: values.once });
