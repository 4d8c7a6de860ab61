import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolders, ROOT, readManifest } from '../bootstrap/workspace.mjs';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const dockerfile = read('Dockerfile');

/** Folders of a package and of all packages of ours that it needs to run. */
function closure(name: string): string[] {
  const folder = packageFolders().find((candidate) => readManifest(candidate).name === name);
  if (folder === undefined) throw new Error(`There is no package ${name}`);
  const dependencies = Object.keys(readManifest(folder)['dependencies'] ?? {});
  const ours = dependencies.filter((dependency) => dependency.startsWith('@defrag/'));
  return [...new Set([folder, ...ours.flatMap(closure)])];
}

describe('the image', () => {
  it('has the Node and the pnpm that the project names', () => {
    const nodeVersion = /^nodeVersion: (.+)$/m.exec(read('pnpm-workspace.yaml'))?.[1];
    expect(/^ARG NODE_VERSION=(.+)$/m.exec(dockerfile)?.[1]).toBe(nodeVersion);
    expect(/ (pnpm@\S+)$/m.exec(dockerfile)?.[1]).toBe(readManifest('.')['packageManager']);
  });

  it('is made of the packages that the API needs to run, and of no others', () => {
    const installed = /FROM fetched AS installed\n([\s\S]*?)\nFROM /.exec(dockerfile)?.[1] ?? '';
    const copied = [...installed.matchAll(/^COPY (\S+) \S+$/gm)].map((match) => match[1]);
    expect(copied.toSorted()).toEqual(closure('@defrag/api').toSorted());
  });

  it('does not run as root', () => {
    expect(/^USER (.+)$/m.exec(dockerfile)?.[1]).toBe('node');
  });

  it('gets neither an environment file nor what was installed or built outside of it', () => {
    const ignored = read('.dockerignore').split('\n');
    expect(ignored).toEqual(
      expect.arrayContaining(['.env', '.env.*', '.git', '**/node_modules', '**/dist', '**/.data']),
    );
  });
});

describe('the compose file', () => {
  it('takes every secret from the environment, and says so where one is missing', () => {
    const secrets = [
      ...read('compose.yaml').matchAll(/^ +(\w*(?:PASSWORD|KEY|SECRET|DATABASE_URL)\w*): (.*)$/gm),
    ];
    expect(secrets.map((match) => match[1]).toSorted()).toEqual([
      'DATABASE_URL',
      'DEFRAG_ADMIN_KEY',
      'POSTGRES_PASSWORD',
    ]);
    for (const match of secrets) expect(match[2]).toMatch(/\$\{\w+:\?must be in \.env/);
  });
});
