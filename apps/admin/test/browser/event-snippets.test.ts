import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoEventId, renderDemoVideo } from '../support/demo-events.ts';
import { setUpSharedAdmin } from '../support/setting.ts';

const run = promisify(execFile);

const EVENT_NUMBER = 6;
const EVENT = demoEventId(EVENT_NUMBER);
const PATH = process.env['PATH'] ?? '';

const TABS = ['Embed', 'tRPC client', 'curl'] as const;

/** A folder where the app's imports resolve. */
const FOLDER = fileURLToPath(new URL('../../.reports/snippets/', import.meta.url));

describe('the code snippets of an event', () => {
  const setting = setUpSharedAdmin();
  const codes: Record<string, string> = {};
  let video: { url: string; hash: string };
  beforeAll(async () => {
    video = await renderDemoVideo(setting.server, EVENT_NUMBER, { duration_ms: 1_000 });
    const { page } = await setting.open(`/events/${EVENT}?duration_ms=1000`);
    for (const tab of TABS) {
      await page.getByRole('tab', { name: tab }).click();
      codes[tab] = (await page.getByRole('region', { name: `Code: ${tab}` }).textContent()) ?? '';
    }
    await mkdir(FOLDER, { recursive: true });
  });
  afterAll(() => rm(FOLDER, { recursive: true, force: true }));

  it('contain the name of the key variable, never the key', () => {
    for (const tab of TABS) {
      const code = codes[tab];
      expect(code).not.toBe('');
      expect(code).not.toContain(setting.server.adminKey);
    }
  });

  it('request the video with curl, and fail with a wrong key', async () => {
    const code = codes['curl'] ?? '';
    const env = { PATH, DEFRAG_ADMIN_KEY: setting.server.adminKey };
    const { stdout } = await run('sh', ['-c', code], { env });
    expect(JSON.parse(stdout)).toEqual({ ...video, status: 'READY' });
    await expect(run('sh', ['-c', code], { env: { PATH, DEFRAG_ADMIN_KEY: 'wrong' } })).rejects.toThrow();
  });

  it('request the video with the client', async () => {
    const file = join(FOLDER, 'client.ts');
    await writeFile(file, codes['tRPC client'] ?? '');
    const env = { PATH, DEFRAG_ADMIN_KEY: setting.server.adminKey };
    const { stdout } = await run(process.execPath, [file], { env });
    expect(stdout.trim()).toBe(`READY ${video.url} ${video.hash}`);
  });

  it("compile with strict settings and embed the video's URL", async () => {
    const embed = codes['Embed'] ?? '';
    expect(embed).toContain(`src="${video.url}"`);
    await writeFile(join(FOLDER, 'embed.tsx'), embed);
    await writeFile(join(FOLDER, 'client.ts'), codes['tRPC client'] ?? '');
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
