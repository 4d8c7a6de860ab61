import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { inferAsyncIterableYield, inferTrackedOutput } from '@trpc/server/unstable-core-do-not-import';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { contractSource } from '../../scripts/client/contract-source.ts';
import { formatFile } from '../../scripts/client/format-file.ts';
import type {
  ErrorCode,
  RouterInputs,
  RouterOutputs,
  Tracked,
  VideoProgress,
} from '../../src/client/index.ts';
import type { ERROR_CODES } from '../../src/errors.ts';
import type { AppRouter } from '../../src/trpc/router.ts';

const CLIENT_DIR = new URL('../../src/client/', import.meta.url).pathname;

/** Every key of every object, so that types compare by what they hold and not by how they were written. */
type Plain<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends (infer Item)[]
    ? Plain<Item>[]
    : { [Key in keyof T]: Plain<T[Key]> };

describe("the client's contract", () => {
  it('is what the generator makes of the schemas now: run `pnpm --filter @defrag/api generate:contract`', async () => {
    // In the folder itself, so that the formatter takes the same rules.
    const folder = await mkdtemp(join(CLIENT_DIR, '../../test/client/.contract-'));
    try {
      const file = join(folder, 'contract.ts');
      await writeFile(file, contractSource());
      await formatFile(file);
      expect(await readFile(join(CLIENT_DIR, 'contract.ts'), 'utf8')).toBe(await readFile(file, 'utf8'));
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('has the inputs that the router takes', () => {
    type Inputs = Plain<inferRouterInputs<AppRouter>>;
    expectTypeOf<Plain<RouterInputs>>().toEqualTypeOf<Inputs>();
  });

  it('has the answers that the router gives', () => {
    type Expected = inferRouterOutputs<AppRouter>;
    type WithoutStream<T extends { admin: { videos: object } }> = Omit<T, 'admin'> & {
      admin: Omit<T['admin'], 'videos'> & { videos: Omit<T['admin']['videos'], 'progress'> };
    };
    expectTypeOf<Plain<WithoutStream<RouterOutputs>>>().toEqualTypeOf<Plain<WithoutStream<Expected>>>();
    type Item = RouterOutputs['admin']['videos']['progress'] extends AsyncIterable<infer Each> ? Each : never;
    type Sent = inferAsyncIterableYield<AppRouter['admin']['videos']['progress']['_def']['$types']['output']>;
    expectTypeOf<Item>().toEqualTypeOf<Tracked<VideoProgress>>();
    expectTypeOf<Plain<Item>>().toEqualTypeOf<Plain<inferTrackedOutput<Sent>>>();
  });

  it('has every error code', () => {
    expectTypeOf<ErrorCode>().toEqualTypeOf<keyof typeof ERROR_CODES>();
  });

  it('imports nothing but its own files and the three packages that it depends on', async () => {
    const sources = ['client', 'contract', 'error-shape', 'errors', 'index', 'router', 'stream-fetch'];
    for (const name of sources) {
      const text = await readFile(join(CLIENT_DIR, `${name}.ts`), 'utf8');
      const imports = [...text.matchAll(/from '([^']+)'/g)].map(([, from]) => from ?? '');
      expect(
        imports.filter((from) => !/^(\.\/|@trpc\/client$|@trpc\/server(\/rpc)?$|eventsource$)/.test(from)),
      ).toEqual([]);
    }
  });
});
