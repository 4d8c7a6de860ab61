import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import type { PackedPackage } from './packed-package.ts';

export interface Bundle {
  readonly code: string;
  /** All style sheets, concatenated. */
  readonly css: string;
}

/**
 * Bundles a module that imports the package, minified and without React.
 *
 * @param source the module's source text
 */
export async function bundle({ folder }: PackedPackage, source: string): Promise<Bundle> {
  const root = await mkdtemp(join(folder, 'bundle-'));
  const entry = join(root, 'entry.js');
  await writeFile(entry, source);
  const outputs = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry, formats: ['es'], cssFileName: 'style' },
      rolldownOptions: { external: ['react', 'react/jsx-runtime'], output: { minify: true } },
    },
  });
  const files = (outputs as Rolldown.RolldownOutput[]).flatMap(({ output }) => output);
  return {
    code: files.map((file) => (file.type === 'chunk' ? file.code : '')).join(''),
    css: files.map((file) => (file.type === 'asset' ? String(file.source) : '')).join(''),
  };
}
