import {
  listFrictionEvents,
  listVideos,
  migrateDatabase,
  openDatabase,
  seedDemoEvents,
} from '../../src/index.ts';

/* A program: creates a database, migrates it, asks it a few things, and writes the most bytes of memory that it ever held. */
const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new TypeError('usage: measure-memory-process <data folder>');
const database = await openDatabase({ dataDir });
await migrateDatabase(database);
await seedDemoEvents(database);
for (let index = 0; index < 50; index += 1) {
  const page = { limit: 100, direction: 'desc', filters: {} } as const;
  await listFrictionEvents(database.orm, {
    ...page,
    sort: 'created_at',
    durationMs: 6_000,
    rendererVersion: 'v',
  });
  await listVideos(database.orm, page);
}
await database.close();
process.stdout.write(`${process.resourceUsage().maxRSS * 1_024}\n`);
