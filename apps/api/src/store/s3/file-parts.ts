import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/** A stretch of a file that is sent in one request. */
export interface FilePart {
  /** 1, 2, 3 ... */
  readonly number: number;
  /** Offset of the first byte. */
  readonly start: number;
  readonly sizeBytes: number;
  /** SHA-256 of the stretch, 64 lowercase hexadecimal digits. */
  readonly sha256: string;
}

/** A file as it was read. */
export interface ReadFile {
  readonly sizeBytes: number;
  /** SHA-256 of the whole file, 64 lowercase hexadecimal digits. */
  readonly sha256: string;
  /** In order; an empty file has one of no bytes. */
  readonly parts: readonly FilePart[];
}

/** Bytes that are read at once. */
const READ_BYTES = 256 * 1_024;

/**
 * Reads a file once, for the digests of the whole and of its parts; nothing of it stays in memory.
 *
 * @param partBytes length of every part but the last
 * @param signal ends the reading: rejects with its reason
 */
export async function readParts(path: string, partBytes: number, signal?: AbortSignal): Promise<ReadFile> {
  const handle = await open(path);
  try {
    const whole = createHash('sha256');
    const parts: FilePart[] = [];
    const piece = Buffer.alloc(Math.min(READ_BYTES, partBytes));
    let start = 0;
    for (;;) {
      const part = createHash('sha256');
      let sizeBytes = 0;
      while (sizeBytes < partBytes) {
        signal?.throwIfAborted();
        const length = Math.min(piece.length, partBytes - sizeBytes);
        const { bytesRead } = await handle.read(piece, 0, length, start + sizeBytes);
        if (bytesRead === 0) break;
        whole.update(piece.subarray(0, bytesRead));
        part.update(piece.subarray(0, bytesRead));
        sizeBytes += bytesRead;
      }
      if (sizeBytes > 0 || parts.length === 0) {
        parts.push({ number: parts.length + 1, start, sizeBytes, sha256: part.digest('hex') });
      }
      start += sizeBytes;
      if (sizeBytes < partBytes) return { sizeBytes: start, sha256: whole.digest('hex'), parts };
    }
  } finally {
    await handle.close();
  }
}

/**
 * Lends a part of a file as a stream, for as long as `use` runs.
 *
 * @param use gets a signal that aborts when the file cannot be read on
 */
export async function withPartStream<Result>(
  path: string,
  { start, sizeBytes }: FilePart,
  use: (stream: Readable, failed: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const handle = await open(path);
  const failed = new AbortController();
  const stream = handle.createReadStream({
    start,
    end: Math.max(start, start + sizeBytes - 1),
    autoClose: false,
  });
  stream.once('error', (error) => failed.abort(error));
  stream.once('end', () => {
    // The request would wait for the rest.
    if (stream.bytesRead < sizeBytes) failed.abort(new Error('the file has become shorter'));
  });
  try {
    return await use(stream, failed.signal);
  } finally {
    stream.destroy();
    await handle.close();
  }
}
