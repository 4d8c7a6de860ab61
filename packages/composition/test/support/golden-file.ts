import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { RENDERER_VERSION } from '@defrag/core';

const FILE = new URL('../golden/frames.json', import.meta.url);

/** The pinned SHA-256 of each frame's pixels, and the renderer version that drew them. */
export type GoldenFile = { rendererVersion: string; digests: Record<string, string> };

/** Message of a failing comparison. */
export const PIXELS_CHANGED =
  `pixels changed without a bump of RENDERER_VERSION (${RENDERER_VERSION}): every stored video would no longer match its ` +
  'address. Undo the change, or bump RENDERER_VERSION and run `pnpm --filter @defrag/composition golden:update`';

export function readGoldenFile(): GoldenFile {
  return JSON.parse(readFileSync(FILE, 'utf8')) as GoldenFile;
}

/** Writes the digests with the current renderer version. */
export function writeGoldenFile(digests: Record<string, string>): void {
  const content: GoldenFile = { rendererVersion: RENDERER_VERSION, digests };
  writeFileSync(FILE, `${JSON.stringify(content, null, 2)}\n`);
}

/** SHA-256 in hexadecimal. */
export function digestOf(pixels: Uint8Array): string {
  return createHash('sha256').update(pixels).digest('hex');
}
