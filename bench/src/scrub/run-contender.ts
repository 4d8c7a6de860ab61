import { chromium } from 'playwright-core';
import { watchProcessTree } from '../process-tree.ts';
import type { PageResult } from './page/main.ts';

/** Milliseconds between two samples of the memory: summing all pages of a browser takes processor time itself. */
const MEMORY_INTERVAL_MS = 250;

/** Measurements of a contender in one browser, with its memory. */
export interface ContenderRun extends PageResult {
  /** Peak memory of all browser processes, shared pages counted once, MiB. */
  readonly peakMib: number;
}

/** Drags a contender in a fresh browser. */
export async function runContender(
  name: string,
  options: { url: string; executablePath: string; durationMs: number; frames: number },
): Promise<ContenderRun> {
  const { url, executablePath, durationMs, frames } = options;
  const server = await chromium.launchServer({ executablePath, args: ['--no-sandbox'] });
  const memory = watchProcessTree(server.process().pid, {
    intervalMs: MEMORY_INTERVAL_MS,
    memory: 'proportional',
  });
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.goto(url);
    const result = await page.evaluate(([wanted, drag]) => measure(wanted, drag), [
      name,
      { src: `${url}video.mp4`, durationMs, frames },
    ] as const);
    return { ...result, peakMib: memory.stop().peakMib };
  } finally {
    memory.stop();
    await server.close();
  }
}
