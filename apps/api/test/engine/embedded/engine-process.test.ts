import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { expect, test, vi } from 'vitest';
import { claimScratchFolder } from '../../../src/files/scratch-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SCRIPT = new URL('../support/render-in-process.ts', import.meta.url).pathname;

/** What an engine of two threads may take at most, its FFmpegs included. */
const MEMORY_LIMIT_MIB = 900;

interface Frame {
  framesDone: number;
  encoders: number[];
}

function renderInProcess(folder: string, durationMs: number, onFrame: (frame: Frame, pid: number) => void) {
  const child = spawn(process.execPath, [SCRIPT, folder, '2', String(durationMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface(child.stdout).on('line', (line) => onFrame(JSON.parse(line), child.pid as number));
  return { kill: () => child.kill('SIGKILL'), exit: once(child, 'exit') };
}

test('two threads take at most 900 MiB, FFmpeg included', { timeout: 60_000 }, async ({ skip }) => {
  skip(process.platform !== 'linux', 'the memory of other processes is read from /proc');
  let peakMib = 0;
  const { exit } = renderInProcess(await temporaryFolder(), 3_000, ({ encoders }, pid) => {
    peakMib = Math.max(
      peakMib,
      [pid, ...encoders].map(residentMib).reduce((sum, mib) => sum + mib, 0),
    );
  });
  expect(await exit).toEqual([0, null]);
  expect(peakMib).toBeGreaterThan(100);
  expect(peakMib).toBeLessThan(MEMORY_LIMIT_MIB);
});

test('a process that is killed leaves no FFmpeg, no video, and nothing that the next one would not remove', {
  timeout: 60_000,
}, async ({ skip }) => {
  skip(process.platform !== 'linux', 'the state of other processes is read from /proc');
  const folder = await temporaryFolder();
  const seen = new Set<number>();
  const { kill, exit } = renderInProcess(folder, 10_000, ({ framesDone, encoders }) => {
    for (const pid of encoders) seen.add(pid);
    if (framesDone === 40) kill();
  });
  expect(await exit).toEqual([null, 'SIGKILL']);
  expect(seen.size).toBeGreaterThanOrEqual(2);
  await vi.waitFor(() => expect([...seen].filter(isFfmpeg)).toEqual([]), { timeout: 20_000 });
  expect(await readdir(folder)).toEqual(['scratch']);
  const scratch = await claimScratchFolder(`${folder}/scratch`);
  await scratch.release();
  expect(await readdir(`${folder}/scratch`)).toEqual([]);
});

function residentMib(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(read(pid, 'status'))?.[1] ?? 0) / 1_024;
}

/** True for an FFmpeg that lives; one that has ended has no memory, even if nobody has collected it yet. */
function isFfmpeg(pid: number): boolean {
  return read(pid, 'comm').trim() === 'ffmpeg' && residentMib(pid) > 0;
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
