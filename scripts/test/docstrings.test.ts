import { describe, expect, it } from 'vitest';
import { undocumentedExports } from '../docstrings/undocumented-exports.ts';

function namesIn(source: string, fileName = 'module.ts'): string[] {
  return undocumentedExports(source, fileName).map(({ name }) => name);
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
    'const size = 1;\nexport { size as length };',
    'const size = 1;\nexport default size;',
    'export default function size() {}',
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
  ])('is content with %j', (source) => {
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

  it('leaves what a module passes on to the module that declares it', () => {
    expect(
      namesIn(
        "import { a } from './a.ts';\nexport { a };\nexport * from './b.ts';\nexport { c } from './c.ts';",
      ),
    ).toEqual([]);
  });

  it('tells the line of the declaration', () => {
    expect(undocumentedExports('\n\nconst size = 1;\nexport { size };', 'module.ts')).toEqual([
      { name: 'size', line: 3 },
    ]);
  });

  it('reads JSX in .tsx files', () => {
    expect(namesIn('export const View = () => <p>1</p>;', 'view.tsx')).toEqual(['View']);
  });
});
