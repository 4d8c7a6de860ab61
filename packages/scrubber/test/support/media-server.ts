import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Chunk size in bytes of a slow response, and milliseconds between chunks. */
const SLOW_PIECE_BYTES = 64 * 1024;
const SLOW_INTERVAL_MS = 10;

/**
 * Serves videos from its own origin, in the ways that real servers do.
 *
 * The first part of the path selects the behaviour: `/range/` supports Range; `/whole/` does not; `/slow/` supports Range but sends
 * small chunks; `/closed/` sends no CORS headers; `/missing/` returns 404; `/text/` sends text; `/damaged/` overwrites the middle
 * of the file; `/cut/` drops the connection halfway, without Range. The second part is the name of the video. `/page/` is an
 * empty HTML page.
 */
export async function startMediaServer(
  videos: Readonly<Record<string, string>>,
): Promise<{ url: string; close(): Promise<void> }> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const [, how = '', name = ''] = new URL(request.url ?? '/', 'http://localhost').pathname.split('/');
    const path = videos[name.replace('.mp4', '')];
    if (how !== 'closed') response.setHeader('access-control-allow-origin', '*');
    if (how === 'page') return void response.setHeader('content-type', 'text/html').end('<!doctype html>');
    response.setHeader('content-type', 'video/mp4');
    response.setHeader('cache-control', 'no-store');
    if (path === undefined || how === 'missing') return void response.writeHead(404).end();
    if (how === 'text') return void response.end('This is not a video. '.repeat(100));
    if (how === 'damaged') return void response.end(damaged(await readFile(path)));
    if (how === 'whole') return void response.end(await readFile(path));
    if (how === 'cut') return cut(response, await readFile(path));
    await sendRange(request, response, path, how === 'slow');
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function sendRange(request: IncomingMessage, response: ServerResponse, path: string, isSlow: boolean) {
  const { size } = await stat(path);
  const [, first = '0', last = ''] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? [];
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  response.writeHead(request.headers.range ? 206 : 200, {
    'accept-ranges': 'bytes',
    'content-length': end - start + 1,
    ...(request.headers.range && { 'content-range': `bytes ${start}-${end}/${size}` }),
  });
  const file = createReadStream(path, { start, end, ...(isSlow && { highWaterMark: SLOW_PIECE_BYTES }) });
  response.on('close', () => file.destroy());
  if (!isSlow) return void file.pipe(response);
  for await (const piece of file) {
    response.write(piece);
    await new Promise((resolve) => setTimeout(resolve, SLOW_INTERVAL_MS));
  }
  response.end();
}

function damaged(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  copy.fill(7, Math.floor(copy.length / 10), Math.floor(copy.length / 2));
  return copy;
}

/** Sends headers and the first half, then drops the connection. */
function cut(response: ServerResponse, file: Buffer) {
  response.writeHead(200, { 'content-length': file.length });
  response.write(file.subarray(0, Math.floor(file.length / 2)), () => response.destroy());
}
