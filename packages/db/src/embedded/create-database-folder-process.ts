import { startPglite } from './start-pglite.ts';

/*
 * A program: creates an embedded database in the folder that its one argument names, and ends. Its exit code is 0 when the
 * folder is complete.
 */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new TypeError('usage: create-database-folder-process <folder>');
const pglite = await startPglite(folder);
await pglite.close();
