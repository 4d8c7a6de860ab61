import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ADMIN_DIST = fileURLToPath(new URL('../../../../admin/dist', import.meta.url));

/** Folder of the built admin app, or undefined if it was not built. */
export async function findBuiltAdmin(): Promise<string | undefined> {
  return access(join(ADMIN_DIST, 'index.html')).then(
    () => ADMIN_DIST,
    () => undefined,
  );
}
