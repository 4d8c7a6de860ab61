import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LambdaFaults } from './faults.ts';
import { answerCallerIdentity, answerOf, lostAnswer, readInvokeRequest, reject } from './invoke-api.ts';
import { type Invocation, runInvocation } from './run-invocation.ts';
import { layOutFunction } from './runtime/function-files.ts';
import { Worker } from './runtime/worker.ts';
import { createWorkerPool } from './runtime/worker-pool.ts';

export interface LambdaEmulatorOptions {
  /** As Remotion names it, with memory and timeout: `remotion-render-4-0-527-mem2048mb-disk2048mb-120sec`. */
  readonly functionName: string;
  readonly region: string;
  /** The key of callers and of the function. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** S3 for the function. */
  readonly s3Endpoint: string;
  /** Concurrent invocations; others wait. A render takes one for each chunk, and one that waits for the chunks. */
  readonly concurrency: number;
  /** File for the function's output. */
  readonly logPath: string;
}

export interface LambdaEmulator {
  /** `http://127.0.0.1:port`, for `AWS_ENDPOINT_URL_LAMBDA` and `AWS_ENDPOINT_URL_STS`. */
  readonly endpoint: string;
  readonly faults: LambdaFaults;
  /** Every invocation in the order of arrival. */
  readonly invocations: readonly Invocation[];
  /** Kills all workers and removes their folders. */
  close(): Promise<void>;
}

const PACKAGE_DIR = dirname(import.meta.dirname);

const NOT_FOUND = {
  status: 404,
  type: 'ResourceNotFoundException',
  message: 'This emulator only answers invocations of its one function.',
};
const UNKNOWN_KEY = {
  status: 403,
  type: 'UnrecognizedClientException',
  message: 'The security token included in the request is invalid.',
};
const THROTTLED = {
  status: 429,
  type: 'TooManyRequestsException',
  message: 'Rate Exceeded.',
  reason: 'ConcurrentInvocationLimitExceeded',
};

/**
 * Starts an emulator of Lambda's Invoke API on 127.0.0.1. It runs the function of `@remotion/lambda`, unmodified, in isolated
 * workers.
 *
 * @throws Error when the first worker cannot be isolated or the function name is not Remotion's; BrowserNotFoundError
 */
export async function startLambdaEmulator(options: LambdaEmulatorOptions): Promise<LambdaEmulator> {
  const { functionName, credentials } = options;
  const [, memoryMb = '', seconds] = /-mem(\d+)mb-disk\d+mb-(\d+)sec$/.exec(functionName) ?? [];
  if (seconds === undefined) throw new Error(`${functionName} is not the name of a function of Remotion.`);
  const timeoutMs = Number(seconds) * 1_000;
  const root = await mkdtemp(join(tmpdir(), 'lambda-emulator-'));
  const opt = join(root, 'opt');
  await mkdir(dirname(options.logPath), { recursive: true });
  const log = createWriteStream(options.logPath, { flags: 'a' });
  const { browserDir } = await layOutFunction(opt);
  const faults = new LambdaFaults();
  const invocations: Invocation[] = [];

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      reject(response, { status: 400, type: 'InvalidRequestContentException', message: String(error) });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  // What Lambda's runtime sets, and the endpoints of the function's services.
  const env = {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: '/tmp',
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memoryMb,
    AWS_REGION: options.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL_LAMBDA: endpoint,
    AWS_ENDPOINT_URL_S3: options.s3Endpoint,
  };
  const places = { opt, node: dirname(process.execPath), browser: browserDir, emulator: PACKAGE_DIR };
  const pool = createWorkerPool({
    limit: options.concurrency,
    start: () => Worker.start({ places, tmpRoot: root, env, log }),
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await answerCallerIdentity(request, response)) return;
    const invoke = await readInvokeRequest(request);
    if (invoke?.functionName !== functionName) return reject(response, NOT_FOUND);
    if (invoke.accessKeyId !== credentials.accessKeyId) return reject(response, UNKNOWN_KEY);
    const { mode, payload } = invoke;
    const { type, chunk } = payload;
    const invocation: Invocation = {
      requestId: randomUUID(),
      mode,
      routine: String(type),
      chunk: typeof chunk === 'number' ? chunk : undefined,
      outcome: undefined,
      durationMs: undefined,
    };
    invocations.push(invocation);
    const fault = faults.take(invocation);
    if (fault === 'throttle') {
      invocation.outcome = 'throttled';
      return reject(response, THROTTLED);
    }
    const sink =
      fault === 'lose-answer' ? lostAnswer(response) : answerOf(mode, invocation.requestId, response);
    await runInvocation(invocation, { pool, sink, fault, timeoutMs, payload });
  }

  return {
    endpoint,
    faults,
    invocations,
    async close() {
      const closed = once(server, 'close');
      server.close();
      await pool.close();
      server.closeAllConnections();
      await closed;
      await new Promise<void>((resolve) => log.end(resolve));
      await rm(root, { recursive: true, force: true });
    },
  };
}
