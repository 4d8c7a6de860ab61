import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { PGlite } from '@electric-sql/pglite';

/**
 * Starts the embedded server on a folder, and creates the folder's contents when it is empty. As PGlite starts by itself, but
 * with less memory: see {@link compileOnce}, and 16 MB of buffers in place of 160, because the operating system caches the same
 * files.
 */
export function startPglite(folder: string): Promise<PGlite> {
  return PGlite.create({
    dataDir: folder,
    pgliteWasmModule: compileOnce(),
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
  });
}

/** TypeScript knows WebAssembly from the browser's library alone, which would bring `window` and its like with it. */
declare const WebAssembly: { readonly Module: new (code: Uint8Array) => object };

let compiled: object | undefined;

/**
 * The server's WebAssembly, compiled by V8's baseline compiler alone and at once. Left to itself V8 optimizes what runs often,
 * and one function of PostgreSQL takes it 0.6 GB of memory to optimize, at a moment of its choosing; for queries as small as
 * ours nothing is gained (decision 0022 has the figures). The flags are those of the whole process, so they hold for this one
 * synchronous call only: code that was compiled under them stays as it is, and other modules, such as the one that draws, are
 * optimized as ever.
 */
function compileOnce(): object {
  if (compiled !== undefined) return compiled;
  const folder = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
  const code = readFileSync(join(folder, 'pglite.wasm'));
  const flags = ['wasm-tier-up', 'wasm-dynamic-tiering', 'wasm-lazy-compilation'];
  try {
    for (const flag of flags) setFlagsFromString(`--no-${flag}`);
    compiled = new WebAssembly.Module(code);
  } finally {
    for (const flag of flags) setFlagsFromString(`--${flag}`);
  }
  return compiled;
}
