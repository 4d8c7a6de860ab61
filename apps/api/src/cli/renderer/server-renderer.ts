import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { VideoProgress } from '@defrag/core';
import type { Env } from '../../env.ts';
import { AppError, toErrorCode } from '../../errors.ts';
import type { DataDir } from '../../files/data-dir.ts';
import { StartupError } from '../../process/startup-error.ts';
import { throwIfInterruptedWhileQueued } from '../interrupt.ts';
import { renderAgain } from './render-again.ts';
import type { ProgressListener, Renderer } from './renderer.ts';
import { createDefragClient, type DefragClient } from './server-client.ts';
import { serverError } from './server-error.ts';

/** A server that holds the embedded database of this data folder. */
export interface LocalServer {
  readonly url: string;
  readonly adminKey: string;
  readonly env: Env;
  readonly dataDir: DataDir;
}

/** Asks the server that holds the embedded database, through the same client that other services use. */
export function createServerRenderer({ url, adminKey, env, dataDir }: LocalServer): Renderer {
  const client = createDefragClient({ url, adminKey });

  /** Waits for an answer. @throws AppError, or the reason of the signal */
  const answerOf = async <Answer>(call: Promise<Answer>, signal: AbortSignal): Promise<Answer> => {
    try {
      return await call;
    } catch (error) {
      signal.throwIfAborted();
      throw serverError(error, url);
    }
  };

  return {
    async render(request, onProgress, signal) {
      signal.throwIfAborted();
      // To its end whatever happens: only the answer tells whether there is a render to speak of.
      const answer = await answerOf(
        client.admin.renderVideo.mutate({
          friction_id: request.frictionId,
          duration_ms: request.durationMs,
          force_regenerate: request.force,
        }),
        signal,
      );
      const video = { hash: answer.hash, url: answer.url };
      if (answer.status === 'READY') return { ...video, cacheHit: true };
      throwIfInterruptedWhileQueued(signal);
      const last = await answerOf(follow(client, answer.hash, onProgress, signal), signal);
      throwIfInterruptedWhileQueued(signal);
      if (last?.job_state !== 'SUCCEEDED') {
        const code = toErrorCode(last?.error_code ?? null);
        throw new AppError(code, `The render ended ${last?.job_state ?? 'unseen'} (${code}).`);
      }
      return { ...video, cacheHit: false };
    },

    async verify(hash, onProgress, signal) {
      const video = await answerOf(client.admin.videos.byHash.query({ hash }, { signal }), signal);
      const stored = {
        hash,
        canonicalInputs: video.canonical_inputs,
        contentSha256: video.content_sha256,
        engine: video.engine,
        rendererVersion: video.renderer_version,
      };
      return await renderAgain(stored, { env, dataDir }, onProgress, signal);
    },

    async read(video) {
      const response = await fetch(video.url).catch((error: unknown) => {
        throw new StartupError(`${video.url} cannot be fetched.`, { cause: error });
      });
      if (!response.ok || response.body === null) {
        throw new StartupError(`${video.url} answered ${response.status}.`);
      }
      return Readable.fromWeb(response.body as ReadableStream);
    },

    close: () => Promise.resolve(),
  };
}

/** Milliseconds that a server gets to come back; a restart takes a few seconds. */
const RECONNECT_TIMEOUT_MS = 15_000;

/**
 * Follows a render.
 *
 * @returns its last state, or undefined when the signal ended the wait
 * @throws AppError UNAVAILABLE when the server goes away and does not come back
 */
async function follow(
  client: DefragClient,
  hash: string,
  onProgress: ProgressListener,
  signal: AbortSignal,
): Promise<VideoProgress | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<VideoProgress | undefined>();
  let last: VideoProgress | undefined;
  let patience: NodeJS.Timeout | undefined;
  const subscription = client.admin.videos.progress.subscribe(
    { hash },
    {
      onData({ data }) {
        last = data;
        onProgress(data.frames_done, data.frames_total);
      },
      onError: reject,
      onComplete: () => resolve(last),
      // The client connects anew for ever; a person at a terminal does not wait for ever.
      onConnectionStateChange({ state, error }) {
        if (state === 'pending') {
          clearTimeout(patience);
          patience = undefined;
        } else if (state === 'connecting' && error !== null) {
          patience ??= setTimeout(() => reject(wentAway()), RECONNECT_TIMEOUT_MS);
        }
      },
    },
  );
  const stop = () => resolve(undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await promise;
  } finally {
    clearTimeout(patience);
    signal.removeEventListener('abort', stop);
    subscription.unsubscribe();
  }
}

function wentAway(): AppError {
  return new AppError('UNAVAILABLE', 'The server went away. The render goes on when it is back.');
}
