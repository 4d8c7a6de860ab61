import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminServer, startAdminServer } from './support/admin-server.ts';
import { launchBrowser, openPage, signIn } from './support/browser.ts';
import { demoEventId, renderDemoVideo } from './support/demo-events.ts';

const run = promisify(execFile);

const EVENT_NUMBER = 3;
const EVENT = demoEventId(EVENT_NUMBER);
const PATH = process.env['PATH'] ?? '';

/** A folder in which imports are found as in the app. */
const FOLDER = fileURLToPath(new URL('../.reports/snippets', import.meta.url));

describe('the snippets of an event', () => {
  let server: AdminServer;
  let browser: Browser;
  let page: Page;
  let video: { url: string; hash: string };
  beforeAll(async () => {
    [server, browser] = await Promise.all([startAdminServer(), launchBrowser()]);
    video = await renderDemoVideo(server, EVENT_NUMBER, { duration_ms: 1_000 });
    const storageState = await signIn(browser, server);
    ({ page } = await openPage(browser, server, `/events/${EVENT}?duration_ms=1000`, { storageState }));
    await mkdir(FOLDER, { recursive: true });
  });
  afterAll(async () => {
    await rm(FOLDER, { recursive: true, force: true });
    await browser?.close();
    await server?.stop();
  });

  async function codeOf(tab: string): Promise<string> {
    await page.getByRole('tab', { name: tab }).click();
    return (await page.getByRole('region', { name: `Code: ${tab}` }).textContent()) ?? '';
  }

  it('name no key, only the variable that it is in', async () => {
    for (const tab of ['Embed', 'tRPC client', 'curl']) {
      const code = await codeOf(tab);
      expect(code).not.toBe('');
      expect(code).not.toContain(server.adminKey);
    }
  });

  it('ask for the video with curl as they stand, with the key in the environment', async () => {
    const code = await codeOf('curl');
    const env = { PATH, DEFRAG_ADMIN_KEY: server.adminKey };
    const { stdout } = await run('sh', ['-c', code], { env });
    expect(JSON.parse(stdout)).toEqual({ ...video, status: 'READY' });
    await expect(run('sh', ['-c', code], { env: { PATH, DEFRAG_ADMIN_KEY: 'wrong' } })).rejects.toThrow();
  });

  it('ask for the video with the client as they stand', async () => {
    const file = join(FOLDER, 'client.ts');
    await writeFile(file, await codeOf('tRPC client'));
    const env = { PATH, DEFRAG_ADMIN_KEY: server.adminKey };
    const { stdout } = await run(process.execPath, [file], { env });
    expect(stdout.trim()).toBe(`READY ${video.url} ${video.hash}`);
  });

  it('compile strictly, and show the video at its real address', async () => {
    const embed = await codeOf('Embed');
    expect(embed).toContain(`src="${video.url}"`);
    await writeFile(join(FOLDER, 'embed.tsx'), embed);
    await writeFile(join(FOLDER, 'client.ts'), await codeOf('tRPC client'));
    await writeFile(
      join(FOLDER, 'tsconfig.json'),
      JSON.stringify({
        extends: '../../tsconfig.json',
        compilerOptions: { noPropertyAccessFromIndexSignature: false },
        include: ['*.ts', '*.tsx'],
      }),
    );
    const compiler = join(
      dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
      'bin/tsc',
    );
    await expect(run(process.execPath, [compiler, '-p', FOLDER])).resolves.toMatchObject({ stdout: '' });
  });
});
