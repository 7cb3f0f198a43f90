import { openPglite } from './pglite.ts';

// A program of its own: making a new database takes 300 MB that a process would not give back for a long time.
const directory = process.argv[2];
if (directory === undefined) throw new Error('which directory?');
const database = await openPglite(directory);
await database.close();
