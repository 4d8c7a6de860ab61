import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { describe, expect, inject, it } from 'vitest';
import { bundle } from './support/bundle.ts';

const packed = inject('packed');

const read = (file: string) => readFile(join(packed.contents, file), 'utf8');

describe('the packed package', () => {
  it('passes publint in strict mode', async () => {
    const tarball = Uint8Array.from(await readFile(packed.tarball)).buffer;
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('has types that resolve for ESM importers', async () => {
    const tarball = createPackageFromTarballData(await readFile(packed.tarball));
    const result = await checkPackage(tarball, { entrypoints: ['.', './decoded'] });
    if (!result.types) throw new Error('The package contains no types');
    // CommonJS and Node 10 resolution are not supported: the package is ESM only.
    const problems = result.problems.filter(
      (problem) =>
        !('resolutionKind' in problem) || !['node10', 'node16-cjs'].includes(problem.resolutionKind),
    );
    expect(problems).toEqual([]);
    for (const [entry, file] of [
      ['.', '/dist/index.d.ts'],
      ['./decoded', '/dist/decoded/index.d.ts'],
    ] as const) {
      const { resolutions } = result.entrypoints[entry] ?? {};
      for (const kind of ['node16-esm', 'bundler'] as const) {
        expect(resolutions?.[kind].resolution?.fileName).toMatch(new RegExp(`${file}$`));
      }
    }
  });

  it('contains the build, README and licence, but no source', async () => {
    const entries = await readdir(packed.contents, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const folders = new Set(files.map(({ parentPath }) => parentPath.slice(packed.contents.length + 1)));
    expect([...folders].toSorted()).toEqual(['', 'dist', 'dist/core', 'dist/decoded', 'dist/react']);
    const top = files.filter(({ parentPath }) => parentPath === packed.contents).map(({ name }) => name);
    expect(top).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']));
    expect(files.filter(({ name }) => /(?<!\.d)\.tsx?$/.test(name))).toEqual([]);
  });

  it('has no dependencies and React as a peer dependency', async () => {
    const manifest = JSON.parse(await read('package.json'));
    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest).not.toHaveProperty('optionalDependencies');
    expect(manifest).not.toHaveProperty('private');
    expect(manifest.peerDependencies).toEqual({ react: '>=18', 'react-dom': '>=18' });
    expect(Object.keys(manifest.scripts)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(pre|post)?install$/)]),
    );
  });

  it("starts only modules with hooks with 'use client'", async () => {
    const files = (await readdir(join(packed.contents, 'dist'), { recursive: true })).filter((name) =>
      name.endsWith('.js'),
    );
    const client = [];
    for (const file of files) if (/^'use client';\n/.test(await read(`dist/${file}`))) client.push(file);
    expect(client.toSorted()).toEqual([
      'react/scrub-slider.js',
      'react/use-video-scrub.js',
      'react/video-scrubber.js',
    ]);
  });

  it('declarations import only files that exist', async () => {
    const files = (await readdir(join(packed.contents, 'dist'), { recursive: true })).filter((name) =>
      name.endsWith('.d.ts'),
    );
    for (const file of files) {
      const names = [...(await read(`dist/${file}`)).matchAll(/from '(\.[^']+)'/g)].map((match) => match[1]);
      for (const name of names) {
        expect(name).toMatch(/\.js$/);
        await expect(read(join('dist', file, '..', name ?? ''))).resolves.not.toBe('');
      }
    }
  });
});

describe('the bundle', () => {
  it.each([
    ['component and hook', "export { VideoScrubber, useVideoScrub } from '@defrag/scrubber';", 3_000],
    ['the hook', "export { useVideoScrub } from '@defrag/scrubber';", 2_100],
    ['createScrubber', "export { createScrubber } from '@defrag/scrubber';", 1_900],
    [
      'createDecodedScrubber, including createScrubber',
      "export { createDecodedScrubber } from '@defrag/scrubber/decoded';",
      5_200,
    ],
  ])('of %s is within its size limit', async (_, source, limitBytes) => {
    const { code } = await bundle(packed, source);
    expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(limitBytes);
  });

  it('of an unused import is empty', async () => {
    const { code, css } = await bundle(packed, "import { VideoScrubber } from '@defrag/scrubber';");
    expect(code.trim()).toBe('');
    expect(css).toBe('');
  });

  it('of createScrubber contains no React', async () => {
    const { code } = await bundle(packed, "export { createScrubber, frameAt } from '@defrag/scrubber';");
    expect(code).not.toMatch(/react|use client/);
  });

  it('contains the style sheet when it is imported', async () => {
    const { css } = await bundle(packed, "import '@defrag/scrubber/styles.css';");
    expect(css).toContain('data-scrubber');
  });
});

describe('the README', () => {
  it('documents every exported symbol in a table', async () => {
    const readme = await read('README.md');
    const index = `${await read('dist/index.d.ts')}${await read('dist/decoded/index.d.ts')}`;
    const symbols = [...index.matchAll(/(?:[{,]\s*)(?:type )?(\w+)/g)].map((match) => match[1] ?? '');
    expect(symbols.length).toBeGreaterThan(10);
    const rows = readme.split('\n').filter((line) => line.startsWith('|'));
    expect(symbols.filter((symbol) => !rows.some((row) => row.includes(`\`${symbol}\``)))).toEqual([]);
  });

  it('lists every prop, part, attribute, variable and error code', async () => {
    const readme = await read('README.md');
    const sources = await Promise.all(
      [
        'react/scrub-slider.d.ts',
        'react/use-video-scrub.d.ts',
        'react/video-scrubber.d.ts',
        'core/create-scrubber.d.ts',
      ].map((file) => read(`dist/${file}`)),
    );
    const properties = sources.join('\n').matchAll(/^ {4}readonly (\w+)\??:/gm);
    const slider = await read('dist/react/scrub-slider.js');
    const scrubber = await read('dist/react/video-scrubber.js');
    const painter = await read('dist/decoded/painter.js');
    const parts = `${slider}${scrubber}`.matchAll(/"data-scrubber": "(\w+)"/g);
    const variables = (await read('dist/styles.css')).matchAll(/var\((--[\w-]+)/g);
    const codes = (await read('dist/core/scrubber-error.d.ts')).matchAll(/^ \* - `(\w+)`/gm);
    const names = [
      ...[...properties].map((match) => `\`${match[1]}\``),
      // Created without React.
      ...[...painter.matchAll(/dataset\['scrubber'\] = '(\w+)'/g)].map(
        (match) => `\`[data-scrubber="${match[1]}"]\``,
      ),
      ...[...parts].map((match) => `\`[data-scrubber="${match[1]}"]\``),
      ...[...variables, ...codes].map((match) => `\`${match[1]}\``),
      '`data-status`',
      '`data-dragging`',
      '`data-disabled`',
    ];
    expect(names.length).toBeGreaterThan(40);
    expect([...new Set(names)].filter((name) => !readme.includes(name))).toEqual([]);
  });
});
