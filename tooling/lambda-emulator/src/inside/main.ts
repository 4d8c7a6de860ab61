/**
 * A worker: an isolated process that runs Remotion's function. It runs in its own mount and PID namespaces, see
 * `../runtime/isolation.ts`, and imports only Node's modules, because it sees no others.
 */
import { createRequire } from 'node:module';
import { Writable } from 'node:stream';
import { refuseSharedTmp } from './refuse-shared-tmp.ts';

/** Tells a worker to run the function once. */
export interface RunMessage {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  readonly invokedFunctionArn: string;
  readonly timeoutMs: number;
}

/** Sent by a worker. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'write'; readonly bytes: Uint8Array }
  | { readonly kind: 'ended' }
  | { readonly kind: 'threw'; readonly error: { readonly type: string; readonly message: string } };

type Handler = (payload: unknown, output: Writable, context: unknown) => Promise<void>;

refuseSharedTmp({
  marker: process.env['EMULATOR_TMP_MARKER'] ?? '',
  outerMountNamespace: process.env['EMULATOR_OUTER_MOUNT_NAMESPACE'] ?? '',
});

// This process is the first of its PID namespace: all its children end with it.
process.on('disconnect', () => process.exit(0));

Object.assign(globalThis, { awslambda: { streamifyResponse: (handler: Handler) => handler } });
const { handler } = createRequire(import.meta.url)('/opt/function/index.js') as { handler: Handler };

process.on('message', ({ payload, requestId, invokedFunctionArn, timeoutMs }: RunMessage) => {
  const endsAtMs = Date.now() + timeoutMs;
  let isOver = false;
  const output = new Writable({
    write(bytes: Uint8Array, _encoding, done) {
      // Late output must not end up in the next invocation.
      if (isOver) done();
      // A copy: the function may reuse the buffer before the message is sent.
      else send({ kind: 'write', bytes: Uint8Array.from(bytes) }, done);
    },
  });
  // The function may write after it has ended its answer, and ignores the error. Without this the worker would die of it in
  // the middle of its next invocation.
  const write = output.write.bind(output) as (bytes: Uint8Array, done?: () => void) => boolean;
  Object.assign(output, {
    write(bytes: Uint8Array, done?: () => void): boolean {
      if (!output.writableEnded) return write(bytes, done);
      done?.();
      return true;
    },
  });
  const context = {
    awsRequestId: requestId,
    invokedFunctionArn,
    getRemainingTimeInMillis: () => Math.max(0, endsAtMs - Date.now()),
  };
  const end = (message: WorkerMessage) => {
    isOver = true;
    send(message);
  };
  handler(payload, output, context).then(
    () => end({ kind: 'ended' }),
    ({ name, message }: Error) => end({ kind: 'threw', error: { type: name, message } }),
  );
});

send({ kind: 'ready' });

function send(message: WorkerMessage, done?: (error: Error | null) => void): void {
  process.send?.(message, undefined, undefined, done);
}
