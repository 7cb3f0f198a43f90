const { enableCompileCache } = require('node:module');
const { homedir } = require('node:os');
const { join } = require('node:path');

// Stripping the types of a hundred files is most of the time that a short command takes, so what comes after this file is
// kept. The folder is the person's own: Node's usual one is a place that everybody can write to. Where it cannot be made,
// nothing is kept.
enableCompileCache(join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'database-lead'));
