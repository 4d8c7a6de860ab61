import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { readEnv } from '../../env.ts';
import { prepareDataDir } from '../../files/data-dir.ts';
import { loadAdminKey } from '../../process/admin-key.ts';
import type { LocalServer } from './server-renderer.ts';

/** Milliseconds that the server gets to say that it is there. */
const ANSWER_TIMEOUT_MS = 3_000;

const ServerFileSchema = z.object({ pid: z.int(), url: z.url({ protocol: /^http$/ }) });

/**
 * Finds the server that holds the embedded database. What stands in the data folder may be what a killed server left there, so
 * it counts only when it names the present holder and that one answers.
 *
 * @param holderPid process that holds the database; null when that is unknown
 */
export async function findServer(holderPid: number | null): Promise<LocalServer | undefined> {
  const env = readEnv();
  const dataDir = await prepareDataDir(env.DATA_DIR);
  const server = await readServerFile(dataDir.serverFile);
  if (server === undefined || server.pid !== holderPid || !(await answers(server.url))) return undefined;
  const { key } = await loadAdminKey(env, dataDir);
  return { url: server.url, adminKey: key, env, dataDir };
}

async function readServerFile(path: string): Promise<z.infer<typeof ServerFileSchema> | undefined> {
  try {
    return ServerFileSchema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data;
  } catch {
    return undefined; // Missing, unreadable, or not JSON: no server is to be found there.
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
