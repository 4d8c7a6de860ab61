import { startLocalPostgres } from '../../src/index.ts';

/* A program: uses the PostgreSQL of the data folder that its argument names, until SIGTERM. Prints the URL, or the error. */
const [dataDir = ''] = process.argv.slice(2);
try {
  const postgres = await startLocalPostgres({ dataDir });
  process.once('SIGTERM', () => void postgres.stop().then(() => process.exit(0)));
  process.stdout.write(`${postgres.url}\n`);
  setInterval(() => undefined, 60_000);
} catch (error) {
  process.stdout.write(`${String(error)}\n`);
}
