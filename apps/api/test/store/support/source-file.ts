import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredObject } from '../../../src/store/store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A file in a temporary folder, and what a store is told of it. */
export async function sourceFile(
  content: string | Buffer,
): Promise<{ path: string; bytes: Buffer; object: StoredObject }> {
  const path = join(await temporaryFolder(), 'source.mp4');
  const bytes = Buffer.from(content);
  await writeFile(path, bytes);
  const contentSha256 = createHash('sha256').update(bytes).digest('hex');
  return { path, bytes, object: { sizeBytes: bytes.length, contentSha256, contentType: 'video/mp4' } };
}
