import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, readManifest } from '../bootstrap/workspace.mjs';

const documents = globSync(['*.md', 'docs/**/*.md', 'packages/*/*.md', 'apps/*/*.md'], { cwd: ROOT });
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

describe('the documentation', () => {
  it.each(documents)('%s links to nothing that is not there', (document) => {
    const targets = [...read(document).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(
      (match) => match[1] ?? '',
    );
    const missing = targets.filter((target) => !existsSync(join(ROOT, dirname(document), target)));
    expect(missing).toEqual([]);
  });

  it.each(documents)('%s names no command of the root package that is not there', (document) => {
    const builtIn = new Set(['add', 'install', 'exec']);
    const commands = [...read(document).matchAll(/(?:`|^)pnpm ([a-z][a-z:-]*)/gm)].map(
      (match) => match[1] ?? '',
    );
    const known = readManifest('.').scripts ?? {};
    expect(commands.filter((command) => !(command in known) && !builtIn.has(command))).toEqual([]);
  });

  it('lists every environment variable of the API in the README, and no other', () => {
    const variables = [...read('apps/api/src/env.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(
      (match) => match[1],
    );
    const table = /## Environment\n([\s\S]*?)\n## /.exec(read('README.md'))?.[1] ?? '';
    const listed = [...table.matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map((match) => match[1]);
    expect(variables.length).toBeGreaterThan(10);
    expect(listed.toSorted()).toEqual(variables.toSorted());
  });

  it('lists every document of docs in its table of contents', () => {
    const listed = documents.filter(
      (document) => /^docs\/[^/]+\.md$/.test(document) && document !== 'docs/README.md',
    );
    for (const document of listed) {
      expect(read('docs/README.md')).toContain(`](${relative('docs', document)})`);
    }
  });
});
