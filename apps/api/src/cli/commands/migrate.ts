import { migrateDatabase, openDatabase } from '@defrag/db';
import { Command } from 'commander';
import { readEnv } from '../../env.ts';
import { prepareDataDir } from '../../files/data-dir.ts';
import { createLogger } from '../../logger.ts';
import { openRenderQueue } from '../../queue/render-queue.ts';
import { createOutput } from '../output.ts';

/** `defrag migrate`: brings the database to the present schema. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description(
      'Bring the database, with its queue, to the present schema. Does nothing when it is there already.',
    )
    .option('--json', 'print one JSON object instead of text', false)
    .action(run);
}

async function run(options: { json: boolean }): Promise<void> {
  const env = readEnv();
  const { root } = await prepareDataDir(env.DATA_DIR);
  const database = await openDatabase({ dataDir: root, databaseUrl: env.DATABASE_URL });
  try {
    const { applied, warnings } = await migrateDatabase(database);
    // The queue keeps its own schema up to date when it is opened; a server's role may then do without such rights.
    const queue = await openRenderQueue({
      database,
      databaseUrl: env.DATABASE_URL,
      logger: createLogger({ level: env.LOG_LEVEL ?? 'warn', destination: 'stderr' }),
      tries: env.RENDER_TRIES,
      timeoutSeconds: env.RENDER_TIMEOUT_SECONDS,
    });
    await queue.close();
    const text = applied.length === 0 ? 'nothing to do' : applied.map((name) => `applied ${name}`).join('\n');
    for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`);
    createOutput(options).result({ applied, warnings }, text);
  } finally {
    await database.close();
  }
}
