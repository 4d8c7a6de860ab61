import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { undocumentedExports } from '../undocumented-exports.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'defrag-docstrings-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** The exports without a docstring of the first of the modules. */
function namesIn(source: string, others: Record<string, string> = {}, fileName = 'index.ts'): string[] {
  for (const [name, text] of Object.entries({ ...others, [fileName]: source })) {
    writeFileSync(join(folder, name), text);
  }
  return undocumentedExports(join(folder, fileName)).map((finding) => finding.split(' ')[1] ?? '');
}

describe('undocumentedExports', () => {
  it.each([
    'export const size = 1;',
    'export let size = 1;',
    'export function size() {}',
    'export async function* size() {}',
    'export class size {}',
    'export abstract class size {}',
    'export type size = 1;',
    'export interface size {}',
    'const size = 1;\nexport { size };',
    'type size = 1;\nexport type { size };',
    'const length = 1;\nexport { length as size };',
  ])('finds the symbol of %j', (source) => {
    expect(namesIn(source)).toEqual(['size']);
  });

  it.each([
    '/** Pixels. */\nexport const size = 1;',
    '/**\n * Pixels.\n */\nexport function size() {}',
    '/** Pixels. */\nexport type size = 1;',
    '/** Pixels. */\nconst size = 1;\nexport { size };',
    '/** Pixels. */\nexport default function () {}',
    '/** Pixels. */\nexport function size(a: 1): 1;\nexport function size(a: 2): 2;\nexport function size(a: any) {}',
    '/** Pixels. */\nexport const size = 1;\nexport type size = typeof size;',
  ])('accepts %j', (source) => {
    expect(namesIn(source)).toEqual([]);
  });

  it.each([
    '// Pixels.\nexport const size = 1;',
    '/* Pixels. */\nexport const size = 1;',
    '/** */\nexport const size = 1;',
    '/** About this file. */\n\nexport const size = 1;',
    '/** Pixels. */\nconst other = 1;\nexport const size = 1;',
  ])('takes no other comment for a docstring: %j', (source) => {
    expect(namesIn(source)).toEqual(['size']);
  });

  it.each([
    "export * from './a.ts';",
    "export { size } from './a.ts';",
    "import { size } from './a.ts';\nexport { size };",
  ])('follows %j to the declaration', (source) => {
    expect(namesIn(source, { 'a.ts': '\nexport const size = 1;' })).toEqual(['size']);
    expect(undocumentedExports(join(folder, 'index.ts'))).toEqual([`${join(folder, 'a.ts')}:2 size`]);
    expect(namesIn(source, { 'a.ts': '/** Pixels. */\nexport const size = 1;' })).toEqual([]);
  });

  it('ignores exports of a module that the entry point does not export', () => {
    expect(namesIn("import { a } from './a.ts';\na();", { 'a.ts': 'export const a = () => 1;' })).toEqual([]);
  });

  it('reads JSX in .tsx files', () => {
    expect(namesIn('export const View = () => <p>1</p>;', {}, 'view.tsx')).toEqual(['View']);
  });
});
