import { readFile } from 'node:fs/promises';
import { DatabaseInUseError } from '@defrag/db';
import { z } from 'zod';
import { loadAdminKey } from '../../admin-key.ts';
import { prepareDataDir } from '../../data-dir.ts';
import { readEnv } from '../../env.ts';
import { openLocal } from '../open-local.ts';
import { createLocalRenderer } from './local-renderer.ts';
import type { Renderer } from './renderer.ts';
import { createServerRenderer } from './server-renderer.ts';

const ServerFileSchema = z.object({ pid: z.int(), url: z.url() });

/**
 * Opens the pipeline in this process, or, when a server holds the embedded database, through that server.
 *
 * @throws DatabaseInUseError when another process holds the database and no server is to be found
 */
export async function openRenderer(): Promise<Renderer> {
  try {
    return await createLocalRenderer(await openLocal('warn'));
  } catch (error) {
    if (!(error instanceof DatabaseInUseError)) throw error;
    const server = await findServer();
    if (server === undefined) throw error;
    return createServerRenderer(server);
  }
}

async function findServer(): Promise<{ url: string; adminKey: string } | undefined> {
  const env = readEnv();
  const dataDir = await prepareDataDir(env.DATA_DIR);
  const text = await readFile(dataDir.serverFile, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { url } = ServerFileSchema.parse(JSON.parse(text));
  const { key } = await loadAdminKey(env, dataDir);
  return { url, adminKey: key };
}
