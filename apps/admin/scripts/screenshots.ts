import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startAdminServer } from '../test/support/admin-server.ts';
import { inScheme, launchBrowser, openPage, SIGNED_OUT, signIn } from '../test/support/browser.ts';
import { renderDemoVideos } from './screenshots/demo-videos.ts';
import { SCENES } from './screenshots/scenes.ts';

// Takes screenshots of every page in its usual states at 360 and 1440 px, dark and light. Starts its own server.
// Usage: pnpm screenshots [--out <folder>] [--only <part of a name>] [--window (only what the window shows)]

const WIDTHS_PX = [360, 1_440];
const SCHEMES = ['dark', 'light'] as const;

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(import.meta.dirname, '../.screenshots') },
    only: { type: 'string', default: '' },
    window: { type: 'boolean', default: false },
  },
});
const folder = resolve(values.out);
await mkdir(folder, { recursive: true });

const server = await startAdminServer();
const browser = await launchBrowser();
try {
  const signedIn = await signIn(browser, server);
  await renderDemoVideos(server);
  for (const { name, path, isSignedOut, arrange } of SCENES.filter(({ name }) =>
    name.includes(values.only),
  )) {
    for (const width of WIDTHS_PX) {
      for (const colorScheme of SCHEMES) {
        const { page } = await openPage(browser, server, path, {
          viewport: { width, height: width === 360 ? 740 : 900 },
          colorScheme,
          // The app's own setting; it ignores the browser's preference by default.
          storageState: inScheme(isSignedOut ? SIGNED_OUT : signedIn, server, colorScheme),
        });
        await arrange(page);
        const file = join(folder, `${name}-${width}-${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage: !values.window });
        process.stdout.write(`${file}\n`);
        await page.context().close();
      }
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
