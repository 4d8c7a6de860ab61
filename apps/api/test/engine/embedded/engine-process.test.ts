import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SCRIPT = new URL('../support/render-in-process.ts', import.meta.url).pathname;

/** The most memory that an engine with two threads may use, including its FFmpeg processes. */
const MEMORY_LIMIT_MIB = 900;

interface Frame {
  framesDone: number;
  helpers: number[];
}

function renderInProcess(scratch: string, durationMs: number, onFrame: (frame: Frame, pid: number) => void) {
  const child = spawn(process.execPath, [SCRIPT, 'embedded', scratch, '', String(durationMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface(child.stdout).on('line', (line) => onFrame(JSON.parse(line), child.pid as number));
  return { kill: () => child.kill('SIGKILL'), exit: once(child, 'exit') };
}

test('an engine with two threads uses at most 900 MiB, including FFmpeg', async ({ skip }) => {
  skip(process.platform !== 'linux', 'the memory of other processes is read from /proc');
  let peakMib = 0;
  const { exit } = renderInProcess(await temporaryFolder(), 3_000, ({ helpers }, pid) => {
    peakMib = Math.max(
      peakMib,
      [pid, ...helpers].map(residentMib).reduce((sum, mib) => sum + mib, 0),
    );
  });
  expect(await exit).toEqual([0, null]);
  expect(peakMib).toBeGreaterThan(100);
  expect(peakMib).toBeLessThan(MEMORY_LIMIT_MIB);
});

test('a killed process leaves no FFmpeg and no video', async ({ skip }) => {
  skip(process.platform !== 'linux', 'the state of other processes is read from /proc');
  const scratch = await temporaryFolder();
  const seen = new Set<number>();
  const { kill, exit } = renderInProcess(scratch, 10_000, ({ framesDone, helpers }) => {
    for (const pid of helpers) seen.add(pid);
    if (framesDone === 20) kill();
  });
  expect(await exit).toEqual([null, 'SIGKILL']);
  expect(seen.size).toBeGreaterThanOrEqual(2);
  await vi.waitFor(() => expect([...seen].filter(isFfmpeg)).toEqual([]), { timeout: 20_000 });
  expect(await readdir(scratch)).toEqual([]);
});

function residentMib(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(read(pid, 'status'))?.[1] ?? 0) / 1_024;
}

/** Whether a process is a running FFmpeg. A zombie has no memory. */
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
