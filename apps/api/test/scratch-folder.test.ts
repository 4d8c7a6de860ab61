import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { claimScratchFolder } from '../src/files/scratch-folder.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const MODULE = new URL('../src/files/scratch-folder.ts', import.meta.url).href;

/** Starts a process that claims a folder, writes a file into it and runs until it is killed. */
async function claimInAnotherProcess(rootDir: string) {
  const program = `
    const { claimScratchFolder } = await import(${JSON.stringify(MODULE)});
    const { writeFile } = await import('node:fs/promises');
    const scratch = await claimScratchFolder(${JSON.stringify(rootDir)});
    await writeFile(scratch.path + '/video.mp4', 'half a video');
    process.stdout.write('claimed');
    setInterval(() => {}, 1_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    async kill() {
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}

test('claiming keeps the folder of a running process and removes that of a dead one', async () => {
  const rootDir = await temporaryFolder();
  const other = await claimInAnotherProcess(rootDir);
  const [othersFolder] = await readdir(rootDir);

  const ours = await claimScratchFolder(rootDir);
  expect(new Set(await readdir(rootDir))).toEqual(new Set([othersFolder, basename(ours.path)]));

  await other.kill();
  const oursToo = await claimScratchFolder(rootDir);
  expect(new Set(await readdir(rootDir))).toEqual(new Set([basename(ours.path), basename(oursToo.path)]));
});

test('claiming removes the folder of a dead process whose id was reused', async ({ skip }) => {
  skip(process.platform !== 'linux', 'the start time of a process is only known on Linux');
  const rootDir = await temporaryFolder();
  const ours = await claimScratchFolder(rootDir);
  const [host, pid, startTime] = basename(ours.path).split('-');
  const name = `${host}-${pid}-${Number(startTime) - 1}-00000000-0000-4000-8000-000000000000`;
  await mkdir(join(rootDir, name));
  await claimScratchFolder(rootDir);
  expect(await readdir(rootDir)).not.toContain(name);
});

test('claiming removes folders of other machines after a day, and keeps unrelated folders', async () => {
  const rootDir = await temporaryFolder();
  const tail = '1-1-00000000-0000-4000-8000-000000000000';
  const longAgo = new Date(Date.now() - 25 * 3_600_000);
  for (const name of [`aaaaaaaaaaaa-${tail}`, `bbbbbbbbbbbb-${tail}`, 'something else']) {
    await mkdir(join(rootDir, name));
  }
  await utimes(join(rootDir, `aaaaaaaaaaaa-${tail}`), longAgo, longAgo);
  await utimes(join(rootDir, 'something else'), longAgo, longAgo);
  const ours = await claimScratchFolder(rootDir);
  expect((await readdir(rootDir)).toSorted()).toEqual(
    [`bbbbbbbbbbbb-${tail}`, 'something else', basename(ours.path)].toSorted(),
  );
});

test('withFolder passes an empty folder and removes it afterwards, also on failure', async () => {
  const scratch = await claimScratchFolder(join(await temporaryFolder(), 'not', 'there', 'yet'));
  const seen = await scratch.withFolder(async (folder) => {
    expect(await readdir(folder)).toEqual([]);
    await writeFile(join(folder, 'file'), 'content');
    return folder;
  });
  expect(dirname(seen)).toBe(scratch.path);
  const failing = scratch.withFolder(async (folder) => {
    await writeFile(join(folder, 'file'), 'content');
    throw new Error('failed');
  });
  await expect(failing).rejects.toThrow('failed');
  expect(await readdir(scratch.path)).toEqual([]);
  await scratch.release();
  await expect(readdir(scratch.path)).rejects.toThrow('ENOENT');
});
