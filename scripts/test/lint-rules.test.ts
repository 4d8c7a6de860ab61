import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIN, ROOT } from '../bootstrap/workspace.mjs';

const execute = promisify(execFile);

/** Code that breaks a rule, and the category that the linter must report. */
const BROKEN: { rule: string; file: string; code: string; category: string }[] = [
  ...['core', 'composition'].flatMap((name) =>
    [
      ['Math.sin', 'export const x = Math.sin(1);', 'plugin'],
      ['Math.cos', 'export const x = Math.cos(1);', 'plugin'],
      ['Math.exp', 'export const x = Math.exp(1);', 'plugin'],
      ['Math.pow', 'export const x = Math.pow(2, 0.5);', 'plugin'],
      ['Math.log', 'export const x = Math.log(2);', 'plugin'],
      ['Math.tan', 'export const x = Math.tan(2);', 'plugin'],
      ['Math.atan2', 'export const x = Math.atan2(1, 2);', 'plugin'],
      ['Math.hypot', 'export const x = Math.hypot(1, 2);', 'plugin'],
      ['Math.cbrt', 'export const x = Math.cbrt(2);', 'plugin'],
      ['Math.random', 'export const x = Math.random();', 'plugin'],
      ['Math by a computed name', "export const x = Math['sin'](1);", 'plugin'],
      ['Math by another name', 'const other = Math;\nexport const x = other.abs(1);', 'plugin'],
      ['Math taken apart', 'export const { sin } = Math;', 'plugin'],
      ['Math as a callback', 'export const x = [1, 2].map(Math.log);', 'plugin'],
      ['Math of globalThis', 'export const x = globalThis.Math.tan(1);', 'lint/style/noRestrictedGlobals'],
      ['powers', 'export const x = (base: number) => base ** 0.5;', 'plugin'],
      ['powers by assignment', 'export let x = 2;\nx **= 0.5;', 'plugin'],
      ['Date', 'export const x = Date.now();', 'lint/style/noRestrictedGlobals'],
      ['new Date', 'export const x = new Date();', 'lint/style/noRestrictedGlobals'],
      ['performance', 'export const x = performance.now();', 'lint/style/noRestrictedGlobals'],
      ['crypto', 'export const x = crypto.randomUUID();', 'lint/style/noRestrictedGlobals'],
      ['Intl', 'export const x = new Intl.NumberFormat();', 'lint/style/noRestrictedGlobals'],
      ['toLocaleString', 'export const x = (1).toLocaleString();', 'plugin'],
      ['localeCompare', "export const x = 'a'.localeCompare('b');", 'plugin'],
    ].map(([rule = '', code = '', category = '']) => ({
      rule: `${rule} in ${name}`,
      file: `packages/${name}/src/portable/${slug(rule)}.ts`,
      code,
      category,
    })),
  ),
  ...(
    [
      ['packages/core', '@defrag/db'],
      ['packages/core', '@defrag/composition'],
      ['packages/composition', '@defrag/db'],
      ['packages/db', '@defrag/composition'],
      ['packages/db', '@defrag/client'],
      ['packages/scrubber', '@defrag/core'],
      ['apps/api', '@defrag/scrubber'],
      ['apps/api', '@defrag/admin'],
      ['apps/admin', '@defrag/db'],
      ['apps/admin', '@defrag/api/embedded-engine'],
      ['apps/admin', '../../api/src/trpc/router.ts'],
      ['packages/db', '@defrag/core/src/version.ts'],
      ['packages/db', '../../core/src/version.ts'],
      ['packages/core', '../../db/src/version.ts'],
      ['packages/local-postgres', '@defrag/db'],
      ['apps/api', '../../../packages/core/src/version.ts'],
    ] as const
  ).map(([folder, specifier]) => ({
    rule: `the import of ${specifier} in ${folder}`,
    file: `${folder}/src/arrows/${slug(specifier)}.ts`,
    code: `export { x } from '${specifier}';`,
    category: specifier.includes('/src/') ? 'plugin' : 'lint/style/noRestrictedImports',
  })),
  ...(
    [
      ['lib', '../api/trpc.ts'],
      ['api', '../ui/toasts.ts'],
      ['ui', '../lists/selection.ts'],
      ['motion', '../watch/render-watch.tsx'],
      ['lists', '../pages/events/events-search.ts'],
      ['pages/events', '../videos/video-note.ts'],
      ['pages/event/render', '../../events/events-search.ts'],
      ['pages/videos', '../../app/router.tsx'],
    ] as const
  ).map(([folder, specifier]) => ({
    rule: `the import of ${specifier} in ${folder} of the admin app`,
    file: `apps/admin/src/${folder}/upward-${slug(specifier)}.ts`,
    code: `export { x } from '${specifier}';`,
    category: 'plugin',
  })),
  {
    rule: 'node: modules in core',
    file: 'packages/core/src/node-module.ts',
    code: "export { readFileSync } from 'node:fs';",
    category: 'lint/correctness/noNodejsModules',
  },
  {
    rule: 'process in core',
    file: 'packages/core/src/process-global.ts',
    code: 'export const x = process.platform;',
    category: 'lint/style/noRestrictedGlobals',
  },
  {
    rule: 'dependencies that package.json does not name',
    file: 'packages/db/src/undeclared.ts',
    code: "export { x } from 'left-pad';",
    category: 'lint/correctness/noUndeclaredDependencies',
  },
  {
    rule: 'process.env outside of env.ts',
    file: 'apps/api/src/reads-environment.ts',
    code: "export const x = process.env['PORT'];",
    category: 'lint/style/noProcessEnv',
  },
  {
    rule: 'console in library code',
    file: 'packages/db/src/prints.ts',
    code: "console.log('x');",
    category: 'lint/suspicious/noConsole',
  },
  {
    rule: 'relative imports without an extension',
    file: 'packages/db/src/extensionless.ts',
    code: "export { x } from './target';",
    category: 'lint/correctness/useImportExtensions',
  },
  {
    rule: 'default exports',
    file: 'packages/db/src/default-export.ts',
    code: 'export default 1;',
    category: 'lint/style/noDefaultExport',
  },
  {
    rule: 'non-null assertions',
    file: 'packages/db/src/non-null.ts',
    code: 'export const x = (list: number[]) => list[0]!;',
    category: 'lint/style/noNonNullAssertion',
  },
  {
    rule: 'types imported as values',
    file: 'packages/db/src/type-import.ts',
    code: "import { Target } from './target.ts';\nexport const x: Target = 1;",
    category: 'lint/style/useImportType',
  },
  {
    rule: 'promises without await',
    file: 'packages/db/src/floating.ts',
    code: 'async function load(): Promise<void> {}\nload();\nexport {};',
    category: 'lint/nursery/noFloatingPromises',
  },
  {
    rule: 'any',
    file: 'packages/db/src/any.ts',
    code: 'export const x = (value: any) => value;',
    category: 'lint/suspicious/noExplicitAny',
  },
  {
    rule: 'import cycles',
    file: 'packages/db/src/cycle-a.ts',
    code: "import { b } from './cycle-b.ts';\nexport const a = () => b;",
    category: 'lint/suspicious/noImportCycles',
  },
  {
    rule: 'enums (Node cannot strip them)',
    file: 'packages/db/src/enum.ts',
    code: 'export enum Colour { Red }',
    category: 'lint/style/noEnum',
  },
  {
    rule: 'skipped tests',
    file: 'packages/db/test/skipped.test.ts',
    code: "import { it } from 'vitest';\nit.skip('x', () => {});",
    category: 'lint/suspicious/noSkippedTests',
  },
  {
    rule: 'file names that are not in kebab-case',
    file: 'packages/db/src/CamelCase.ts',
    code: 'export const x = 1;',
    category: 'lint/style/useFilenamingConvention',
  },
];

/** Code that is allowed where it is, but not elsewhere. */
const RIGHT: { file: string; code: string }[] = [
  {
    file: 'packages/core/src/right.ts',
    code: 'export const x = Math.sqrt(Math.max(Math.abs(-1), Math.PI, Math.fround(2)) * Math.imul(3, Math.clz32(4)));',
  },
  {
    file: 'apps/admin/src/pages/event/render/right.ts',
    code: "export { x } from '../stage.tsx';\nexport { y } from '../../../lists/selection.ts';",
  },
  { file: 'packages/composition/src/right.ts', code: "export { x } from '@defrag/core';" },
  { file: 'packages/db/src/right.ts', code: "export { x } from '@defrag/core';\nexport const y = 2 ** 0.5;" },
  { file: 'packages/db/src/target.ts', code: 'export type Target = number;\nexport const x = 1;' },
  { file: 'packages/db/src/cycle-b.ts', code: 'export const b = 1;' },
  { file: 'apps/api/src/right.ts', code: "export { x } from '@defrag/db';" },
  { file: 'apps/api/src/browser.ts', code: "export { x } from '@defrag/browser';" },
  { file: 'apps/admin/src/right.ts', code: "export type { x } from '@defrag/client';" },
  { file: 'apps/api/src/env.ts', code: "export const port = process.env['PORT'];" },
  { file: 'apps/api/vitest.config.ts', code: 'export default {};' },
  { file: 'apps/api/src/cli/right.ts', code: "console.log('x');" },
  {
    file: 'packages/db/test/right.test.ts',
    code: "import { expect, it } from 'vitest';\nimport { x } from '../src/right.ts';\nit('x', () => expect(x).toBe(process.env['X']));",
  },
];

const PACKAGES: Record<string, { name: string; dependencies: Record<string, string> }> = {
  'packages/core': { name: '@defrag/core', dependencies: {} },
  'packages/composition': { name: '@defrag/composition', dependencies: { '@defrag/core': '*' } },
  'packages/db': { name: '@defrag/db', dependencies: { '@defrag/core': '*', vitest: '*' } },
  'packages/scrubber': { name: '@defrag/scrubber', dependencies: {} },
  'apps/admin': { name: '@defrag/admin', dependencies: { '@defrag/api': '*', '@defrag/client': '*' } },
  'apps/api': { name: '@defrag/api', dependencies: { '@defrag/browser': '*', '@defrag/db': '*' } },
};

function slug(text: string): string {
  return text
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
}

type Diagnostic = { category: string; severity: string; location: { path: string } };

describe('the linter', () => {
  let folder: string;
  let diagnostics: Diagnostic[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'defrag-lint-'));
    const config = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8'));
    writeFile('biome.json', JSON.stringify({ ...config, $schema: undefined, vcs: { enabled: false } }));
    cpSync(join(ROOT, 'tooling/biome'), join(folder, 'tooling/biome'), { recursive: true });
    for (const [path, manifest] of Object.entries(PACKAGES)) {
      writeFile(`${path}/package.json`, JSON.stringify(manifest));
    }
    for (const { file, code } of [...BROKEN, ...RIGHT]) writeFile(file, `${code}\n`);
    // The second half of the cycle.
    writeFile('packages/db/src/cycle-b.ts', "import { a } from './cycle-a.ts';\nexport const b = () => a;\n");
    diagnostics = await lint();
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function writeFile(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  async function lint(): Promise<Diagnostic[]> {
    const biome = execute(join(BIN, 'biome'), ['lint', '--reporter=json', '--max-diagnostics=1000', '.'], {
      cwd: folder,
      maxBuffer: 64 * 1024 * 1024,
    });
    // The exit status is 1 because of the findings.
    const { stdout } = await biome.catch((error: { stdout: string }) => error);
    return JSON.parse(stdout).diagnostics;
  }

  it.each(BROKEN)('rejects $rule', ({ file, category }) => {
    const found = diagnostics.filter(({ location }) => location.path === file);
    expect(found).toContainEqual(expect.objectContaining({ category, severity: 'error' }));
  });

  it.each(RIGHT.filter(({ file }) => !file.includes('cycle')))('accepts $file', ({ file }) => {
    expect(diagnostics.filter(({ location }) => location.path === file)).toEqual([]);
  });
});
