/**
 * A worker: one isolated process with Remotion's function in it. It runs inside its own mount and PID namespaces, see
 * `../runtime/isolation.ts`, and imports nothing but Node, because nothing else is in its sight.
 */
import { createRequire } from 'node:module';
import { Writable } from 'node:stream';
import type { RunMessage, WorkerMessage } from './messages.ts';
import { refuseSharedTmp } from './refuse-shared-tmp.ts';

/** What Lambda's runtime calls. */
type Handler = (payload: unknown, output: Writable, context: unknown) => Promise<void>;

refuseSharedTmp({
  marker: process.env['EMULATOR_TMP_MARKER'] ?? '',
  outerMountNamespace: process.env['EMULATOR_OUTER_MOUNT_NAMESPACE'] ?? '',
});

// This process is the first of its namespace: with it everything ends that it has started.
process.on('disconnect', () => process.exit(0));

Object.assign(globalThis, { awslambda: { streamifyResponse: (handler: Handler) => handler } });
const { handler } = createRequire(import.meta.url)('/opt/function/index.js') as { handler: Handler };

process.on('message', ({ payload, requestId, invokedFunctionArn, timeoutMs }: RunMessage) => {
  const endsAtMs = Date.now() + timeoutMs;
  let isOver = false;
  const output = new Writable({
    write(bytes: Uint8Array, _encoding, done) {
      // What comes late belongs to no invocation any more, least of all to the next one.
      if (isOver) done();
      // A copy, since the message outlives the call and the buffer may be used again.
      else send({ kind: 'write', bytes: Uint8Array.from(bytes) }, done);
    },
  });
  // The function may report progress after it has ended its answer, and catches no error of that. It is dropped, or the worker would
  // die of it in the middle of its next invocation.
  const write = output.write.bind(output) as (bytes: Uint8Array, done?: () => void) => boolean;
  Object.assign(output, {
    write(bytes: Uint8Array, done?: () => void): boolean {
      if (!output.writableEnded) return write(bytes, done);
      done?.();
      return true;
    },
  });
  const end = (error?: Error) => {
    isOver = true;
    send(
      error === undefined
        ? { kind: 'ended' }
        : { kind: 'ended', error: { type: error.name, message: error.message } },
    );
  };
  const context = {
    awsRequestId: requestId,
    invokedFunctionArn,
    getRemainingTimeInMillis: () => Math.max(0, endsAtMs - Date.now()),
  };
  handler(payload, output, context).then(() => end(), end);
});

send({ kind: 'ready' });

function send(message: WorkerMessage, done?: (error: Error | null) => void): void {
  process.send?.(message, undefined, undefined, done);
}
