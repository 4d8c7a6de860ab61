import { migrateDatabase } from '@defrag/db';
import { Command } from 'commander';
import { readEnv } from '../../env.ts';
import { prepareDataDir } from '../../files/data-dir.ts';
import { createLogger } from '../../logger.ts';
import { openProcessDatabase } from '../../process/open-database.ts';
import { openRenderQueue } from '../../queue/render-queue.ts';
import { createOutput } from '../output.ts';

export function migrateCommand(): Command {
  return new Command('migrate')
    .description('Migrate the database and its queue to the current schema. May be repeated.')
    .option('--json', 'print one JSON object instead of text', false)
    .action(run);
}

async function run(options: { json: boolean }): Promise<void> {
  const env = readEnv();
  const { database, url, close } = await openProcessDatabase(env, await prepareDataDir(env.DATA_DIR));
  try {
    const { applied, warnings } = await migrateDatabase(database);
    // Opening the queue migrates its schema; afterwards the server's role does not need the right to.
    const logger = createLogger({ level: env.LOG_LEVEL ?? 'warn', destination: 'stderr' });
    await (await openRenderQueue({ database, url, env, logger })).close();
    const text = applied.length === 0 ? 'nothing to do' : applied.map((name) => `applied ${name}`).join('\n');
    for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`);
    createOutput(options).result({ applied, warnings }, text);
  } finally {
    await close();
  }
}
