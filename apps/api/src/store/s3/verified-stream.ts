import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { AppError } from '../../errors.ts';
import { toStoreError } from './s3-errors.ts';

/**
 * Passes an object's bytes on and looks at them: the stream ends with an error when they are not what was put, or when the
 * connection breaks.
 *
 * @param expected.contentSha256 undefined for an object that something else put, of which only the size is known
 */
export function verifiedStream(
  body: Readable,
  expected: { sizeBytes: number | undefined; contentSha256: string | undefined },
): Readable {
  return Readable.from(verify(body, expected), { objectMode: false });
}

async function* verify(
  body: Readable,
  expected: { sizeBytes: number | undefined; contentSha256: string | undefined },
): AsyncGenerator<Buffer, void, undefined> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      yield chunk;
    }
  } catch (cause) {
    throw toStoreError(cause);
  }
  const sizeDiffers = expected.sizeBytes !== undefined && expected.sizeBytes !== sizeBytes;
  const digestDiffers = expected.contentSha256 !== undefined && expected.contentSha256 !== hash.digest('hex');
  if (sizeDiffers || digestDiffers) {
    throw new AppError('STORE_UNAVAILABLE', 'The store holds other bytes than those that were put');
  }
}
