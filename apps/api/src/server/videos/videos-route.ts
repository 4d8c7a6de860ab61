import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';
import type { VideoStore } from '../../store/store.ts';
import { evaluatePreconditions, parseByteRange, rangeApplies } from './conditional-request.ts';

const VIDEO_ROUTE = '/videos/:version/:file';

/** The path parameters of a video's URL: its renderer version, and `<hash>.mp4`. */
interface VideoAddress {
  readonly version: string;
  readonly file: string;
}

const RENDERER_VERSION_PATTERN = /^[0-9A-Za-z][0-9A-Za-z._-]{0,99}$/;
const FILE_NAME_PATTERN = /^[0-9a-f]{64}\.mp4$/;

/** The URL of a video contains the hash of its inputs, so its content never changes. */
const CACHE_CONTROL = 'public, max-age=31536000, immutable';

/**
 * Serves the videos of the filesystem store at `/videos/{renderer version}/{hash}.mp4`, with ranges and conditional requests
 * (RFC 9110).
 *
 * @param rootDir root folder of the store, which holds `videos/`
 */
export function addVideosRoute(app: FastifyInstance, rootDir: string): void {
  app.route<{ Params: VideoAddress }>({
    method: ['GET', 'HEAD'],
    url: VIDEO_ROUTE,
    handler: async (request, reply) => {
      const handle = await openFile(join(rootDir, keyOfAddress(request.params)));
      try {
        return await sendFile(handle, request, reply);
      } catch (error) {
        await handle.close();
        throw error;
      }
    },
  });
}

/**
 * Redirects `/videos/{renderer version}/{hash}.mp4` to the store. The redirect is not cached, because a signed URL expires. The
 * store itself responds if there is no such video.
 */
export function addVideoRedirects(app: FastifyInstance, store: VideoStore): void {
  app.route<{ Params: VideoAddress }>({
    method: ['GET', 'HEAD'],
    url: VIDEO_ROUTE,
    handler: async ({ params, method }, reply) => {
      const url = await store.downloadUrlFor(keyOfAddress(params), method === 'HEAD' ? 'HEAD' : 'GET');
      return (
        reply
          // The response is the same for every origin, and any page may show the video.
          .removeHeader('vary')
          .headers({ 'cache-control': 'no-store', 'cross-origin-resource-policy': 'cross-origin' })
          .redirect(url, 302)
      );
    },
  });
}

/** Uses one descriptor for the headers and the bytes, so that replacing the file cannot mix two versions. */
async function sendFile(
  handle: FileHandle,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const stats = await handle.stat({ bigint: true });
  if (!stats.isFile()) throw videoNotFound();
  const size = Number(stats.size);
  const version = {
    etag: `"${stats.size.toString(16)}-${stats.mtimeNs.toString(16)}"`,
    lastModified: new Date(Number(stats.mtimeMs / 1_000n) * 1_000),
  };
  reply
    // The response is the same for every origin.
    .removeHeader('vary')
    .headers({
      'cache-control': CACHE_CONTROL,
      'accept-ranges': 'bytes',
      etag: version.etag,
      'last-modified': version.lastModified.toUTCString(),
      'cross-origin-resource-policy': 'cross-origin',
    });

  const condition = evaluatePreconditions(request.headers, version);
  if (condition !== 'send') {
    await handle.close();
    if (condition === 412)
      throw new AppError('PRECONDITION_FAILED', 'The video is another version than the request requires.');
    return reply.code(304).send();
  }

  const header = rangeApplies(request.headers['if-range']?.toString(), version)
    ? request.headers.range
    : undefined;
  // Ranges are defined for GET only (RFC 9110, section 14.2).
  const range = request.method === 'GET' ? parseByteRange(header, size) : 'whole';
  if (range === 'unsatisfiable') {
    await handle.close();
    reply.header('content-range', `bytes */${size}`);
    throw new AppError('RANGE_NOT_SATISFIABLE', `The range lies outside the video, which has ${size} bytes.`);
  }
  const { start, end } = range === 'whole' ? { start: 0, end: size - 1 } : range;
  reply.type('video/mp4').header('content-length', end - start + 1);
  if (range !== 'whole') reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`);
  if (request.method === 'HEAD' || size === 0) {
    await handle.close();
    return reply.send();
  }
  return reply.send(handle.createReadStream({ start, end }));
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw videoNotFound();
    throw new AppError('STORE_UNAVAILABLE', 'The video cannot be read. Try again later.', { cause: error });
  }
}

/** The store key of a video's URL. @throws AppError VIDEO_NOT_FOUND unless it is a valid key */
function keyOfAddress({ version, file }: VideoAddress): string {
  if (!RENDERER_VERSION_PATTERN.test(version) || !FILE_NAME_PATTERN.test(file)) throw videoNotFound();
  return `videos/${version}/${file}`;
}

function videoNotFound(): AppError {
  return new AppError('VIDEO_NOT_FOUND', 'There is no video at this URL.');
}
