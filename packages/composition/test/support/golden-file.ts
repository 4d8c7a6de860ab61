import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { RENDERER_VERSION } from '@defrag/core';

const FILE = new URL('../golden/frames.json', import.meta.url);

/** What the repository keeps: for each frame the SHA-256 of its pixels, and the version that drew them. */
export type GoldenFile = { rendererVersion: string; digests: Record<string, string> };

/** What a failing comparison says. */
export const PIXELS_CHANGED =
  `pixels changed without a bump of RENDERER_VERSION (${RENDERER_VERSION}): every stored video would no longer match its ` +
  'address. Undo the change, or bump RENDERER_VERSION and run `pnpm --filter @defrag/composition golden:update`';

/** The digests kept in the repository. */
export function readGoldenFile(): GoldenFile {
  return JSON.parse(readFileSync(FILE, 'utf8')) as GoldenFile;
}

/** Keeps these digests, under the present renderer version. */
export function writeGoldenFile(digests: Record<string, string>): void {
  const content: GoldenFile = { rendererVersion: RENDERER_VERSION, digests };
  writeFileSync(FILE, `${JSON.stringify(content, null, 2)}\n`);
}

/** SHA-256 of pixels, in hexadecimal digits. */
export function digestOf(pixels: Uint8Array): string {
  return createHash('sha256').update(pixels).digest('hex');
}
