import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { type PackedPackage, packPackage } from './packed-package.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    packed: PackedPackage;
  }
}

/** Packs the package once for all test files. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const packed = await packPackage();
  provide('packed', packed);
  return () => rm(packed.folder, { recursive: true, force: true });
}
