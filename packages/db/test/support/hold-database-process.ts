import { openDatabase } from '../../src/index.ts';

/* A program: opens the database of a data folder, and writes a number into it and then to its output, again and again. */
const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new TypeError('usage: hold-database-process <data folder>');
const database = await openDatabase({ dataDir });
await database.executeSql('create table if not exists numbers (n int)');
for (let number = 0; ; number += 1) {
  await database.executeSql('insert into numbers values ($1)', [number]);
  process.stdout.write(`${number}\n`);
}
