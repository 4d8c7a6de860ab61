import { DatabaseInUseError } from '@defrag/db';
import { openLocal } from '../open-local.ts';
import { findServer } from './find-server.ts';
import { createLocalRenderer } from './local-renderer.ts';
import type { Renderer } from './renderer.ts';
import { createServerRenderer } from './server-renderer.ts';

/**
 * Opens the pipeline in this process, or, when a server holds the embedded database, through that server.
 *
 * @throws DatabaseInUseError when another process holds the database and it is no server that answers
 */
export async function openRenderer(): Promise<Renderer> {
  try {
    return createLocalRenderer(await openLocal('warn'));
  } catch (error) {
    if (!(error instanceof DatabaseInUseError)) throw error;
    const server = await findServer(error.pid);
    if (server === undefined) throw error;
    return createServerRenderer(server);
  }
}
