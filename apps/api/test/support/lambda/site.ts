import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import type { Bucket } from '../s3/bucket.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Puts a bundled composition into a bucket, as Remotion's `deploySite` does. @returns key of its `index.html` */
export async function putSite(bucket: Bucket, bundleDir: string, prefix: string): Promise<string> {
  for (const entry of await readdir(bundleDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const type = CONTENT_TYPES[extname(entry.name)] ?? 'application/octet-stream';
    bucket.put(`${prefix}/${relative(bundleDir, path)}`, await readFile(path), {
      headers: { 'content-type': type },
    });
  }
  return `${prefix}/index.html`;
}
