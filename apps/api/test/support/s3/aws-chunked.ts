import { S3Error } from './s3-error.ts';

/** A body that came in chunks, put together. */
export interface DecodedBody {
  readonly bytes: Buffer;
  /** Trailing headers, with lowercase names. */
  readonly trailers: ReadonlyMap<string, string>;
}

/**
 * Takes an `aws-chunked` body apart: chunks of `size in hexadecimal CRLF bytes CRLF`, a chunk of no bytes, trailing headers, an
 * empty line. What comes after that, or is missing, is an error.
 *
 * @throws S3Error IncompleteBody, InvalidRequest
 */
export function decodeAwsChunked(body: Buffer): DecodedBody {
  const chunks: Buffer[] = [];
  let at = 0;
  const line = () => {
    const end = body.indexOf('\r\n', at);
    if (end < 0) throw new S3Error('IncompleteBody', 'The body ends in the middle of a chunk.');
    const text = body.toString('latin1', at, end);
    at = end + 2;
    return text;
  };
  for (;;) {
    const size = line();
    if (!/^[0-9a-fA-F]+$/.test(size))
      throw new S3Error('InvalidRequest', 'The size of a chunk is malformed.');
    const length = Number.parseInt(size, 16);
    if (length === 0) break;
    const end = at + length;
    if (body.length < end + 2) throw new S3Error('IncompleteBody', 'A chunk is shorter than it says.');
    if (body.toString('latin1', end, end + 2) !== '\r\n') {
      throw new S3Error('InvalidRequest', 'A chunk is longer than it says.');
    }
    chunks.push(body.subarray(at, end));
    at = end + 2;
  }
  const trailers = new Map<string, string>();
  for (let text = line(); text !== ''; text = line()) {
    const colon = text.indexOf(':');
    if (colon < 1) throw new S3Error('InvalidRequest', 'A trailing header is malformed.');
    trailers.set(text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1).trim());
  }
  if (at !== body.length) throw new S3Error('InvalidRequest', 'There is more after the end of the body.');
  return { bytes: Buffer.concat(chunks), trailers };
}
