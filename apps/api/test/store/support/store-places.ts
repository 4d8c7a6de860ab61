import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createFilesystemStore } from '../../../src/store/filesystem.ts';
import { createS3Store, type S3StoreOptions } from '../../../src/store/s3/index.ts';
import type { FileToStore, VideoStore } from '../../../src/store/store.ts';
import { type S3Server, type S3ServerOptions, startS3Server } from '../../support/s3/s3-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A store, and access to its objects behind its back. */
export interface StorePlace {
  readonly store: VideoStore;
  /** Prefix of the URLs that `urlFor` returns. */
  readonly baseUrl: string;
  /** Keys of all objects, unfinished ones included. */
  keys(): Promise<string[]>;
  bytesOf(key: string): Promise<Buffer>;
  /** Overwrites an object. */
  damage(key: string, bytes: string): Promise<void>;
  /** Makes the store unusable. */
  takeAway(): Promise<void>;
}

/** Writes a file for `put`, which moves it: each call needs a new one. */
export async function newFile(content: string | Buffer, folder?: string): Promise<FileToStore> {
  const path = join(folder ?? (await temporaryFolder()), 'rendered.mp4');
  const bytes = Buffer.from(content);
  await writeFile(path, bytes);
  return { path, sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length };
}

/** A filesystem store in a temporary folder. */
export async function openFilesystemPlace(): Promise<StorePlace> {
  const rootDir = join(await temporaryFolder(), 'store');
  const baseUrl = 'https://videos.example';
  return {
    store: createFilesystemStore({ rootDir, publicBaseUrl: baseUrl }),
    baseUrl,
    async keys() {
      const entries = await readdir(rootDir, { recursive: true, withFileTypes: true }).catch(() => []);
      return entries
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name).slice(rootDir.length + 1));
    },
    bytesOf: (key) => readFile(join(rootDir, key)),
    async damage(key, bytes) {
      await mkdir(dirname(join(rootDir, key)), { recursive: true });
      await writeFile(join(rootDir, key), bytes);
    },
    async takeAway() {
      await rm(rootDir, { recursive: true, force: true });
      await writeFile(rootDir, 'a file instead of the folder');
    },
  };
}

/** The credentials of the bucket's owner. */
export const OWNER = { accessKeyId: 'owner', secretAccessKey: 'the secret of the owner' } as const;
/** Prefix of the API's URLs. */
const API_BASE_URL = 'https://api.example';

/** Starts a server with the private bucket `videos`, until the test ends. */
export async function startBucket(options: Partial<S3ServerOptions> = {}): Promise<S3Server> {
  const server = await startS3Server({ buckets: { videos: {} }, credentials: [OWNER], ...options });
  onTestFinished(() => server.close());
  return server;
}

/** An S3 store over the bucket of a server, until the test ends. */
export function openS3Store(server: S3Server, options: Partial<S3StoreOptions> = {}) {
  const store = createS3Store({
    endpoint: server.endpoint,
    bucket: 'videos',
    ...OWNER,
    apiBaseUrl: API_BASE_URL,
    ...options,
  });
  onTestFinished(() => store.close());
  return store;
}

/** An S3 store over a private bucket, which is read through signed URLs. */
export async function openSignedPlace(): Promise<StorePlace> {
  const server = await startBucket();
  return { ...bucketAccess(server), store: openS3Store(server), baseUrl: API_BASE_URL };
}

/** An S3 store over a public bucket. */
export async function openPublicPlace(): Promise<StorePlace> {
  const server = await startBucket({ buckets: { videos: { publicRead: true } } });
  const baseUrl = `${server.endpoint}/videos`;
  return { ...bucketAccess(server), store: openS3Store(server, { publicBaseUrl: `${baseUrl}/` }), baseUrl };
}

function bucketAccess(server: S3Server): Omit<StorePlace, 'store' | 'baseUrl'> {
  const bucket = server.bucket('videos');
  return {
    keys: async () => [...bucket.objects.keys()],
    bytesOf: async (key) => bucket.get(key).bytes,
    damage: async (key, bytes) => void bucket.put(key, Buffer.from(bytes), { headers: {} }),
    takeAway: async () => server.faults.add('break'),
  };
}
