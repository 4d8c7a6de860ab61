import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the build of the admin app puts its pages. */
const ADMIN_DIST = fileURLToPath(new URL('../../../../admin/dist', import.meta.url));

/** The folder of the admin app's built pages, or undefined where it was not built. */
export async function findBuiltAdmin(): Promise<string | undefined> {
  return access(join(ADMIN_DIST, 'index.html')).then(
    () => ADMIN_DIST,
    () => undefined,
  );
}
