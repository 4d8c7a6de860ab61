import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LambdaFaults } from './faults.ts';
import { answerCallerIdentity } from './http/caller-identity.ts';
import { lostAnswer, noAnswer, refuse, streamedAnswer, wholeAnswer } from './http/invoke-answer.ts';
import { type InvokeRequest, readInvokeRequest } from './http/invoke-request.ts';
import type { Invocation, InvocationSink } from './invocation.ts';
import { type FunctionSettings, parseFunctionName, runInvocation } from './run-invocation.ts';
import { layOutFunction } from './runtime/function-files.ts';
import { Worker } from './runtime/worker.ts';
import { createWorkerPool } from './runtime/worker-pool.ts';

/** What an emulator is started with. */
export interface LambdaEmulatorOptions {
  /** As Remotion names it, with memory and timeout: `remotion-render-4-0-527-mem2048mb-disk2048mb-120sec`. */
  readonly functionName: string;
  readonly region: string;
  /** The key that callers and the function itself use. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Where the function finds S3. */
  readonly s3Endpoint: string;
  /** Invocations at the same time; more wait. A render takes one for each chunk, and one that waits for the chunks. */
  readonly concurrency: number;
  /** File that gets what the function prints. */
  readonly logPath: string;
  /** TCP port of 127.0.0.1. (Default: any free one) */
  readonly port?: number;
}

/** A running emulator. */
export interface LambdaEmulator {
  /** `http://127.0.0.1:port`, for `AWS_ENDPOINT_URL_LAMBDA`, and for `AWS_ENDPOINT_URL_STS`. */
  readonly endpoint: string;
  readonly faults: LambdaFaults;
  /** Every invocation, in the order of arrival. */
  readonly invocations: readonly Invocation[];
  /** Kills all workers and removes their folders. */
  close(): Promise<void>;
}

const PACKAGE_DIR = dirname(import.meta.dirname);

/**
 * Starts an emulator of Lambda's Invoke API on 127.0.0.1 that runs the function of `@remotion/lambda`, unmodified, in isolated workers.
 *
 * @throws Error when workers cannot be isolated here or the function's name is not one of Remotion's; BrowserNotFoundError
 */
export async function startLambdaEmulator(options: LambdaEmulatorOptions): Promise<LambdaEmulator> {
  const settings = parseFunctionName(options.functionName);
  const root = await mkdtemp(join(tmpdir(), 'lambda-emulator-'));
  const opt = join(root, 'opt');
  await mkdir(dirname(options.logPath), { recursive: true });
  const log = createWriteStream(options.logPath, { flags: 'a' });
  const { browserDir } = await layOutFunction(opt);
  const faults = new LambdaFaults();
  const invocations: Invocation[] = [];

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      refuse(response, { status: 400, type: 'InvalidRequestContentException', message: String(error) });
    });
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const pool = createWorkerPool({
    limit: options.concurrency,
    start: () =>
      Worker.start({
        places: { opt, node: dirname(process.execPath), browser: browserDir, emulator: PACKAGE_DIR },
        tmpRoot: root,
        env: functionEnv(options, settings, endpoint),
        log,
      }),
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await answerCallerIdentity(request, response)) return;
    const invoke = await readInvokeRequest(request);
    const refusal = refusalOf(invoke, options);
    if (invoke === undefined || refusal !== undefined) return refuse(response, refusal ?? NOT_THERE);
    const invocation = invocationOf(invoke);
    invocations.push(invocation);
    const fault = faults.take(invocation);
    if (fault === 'throttle') {
      invocation.outcome = 'throttled';
      return refuse(response, THROTTLED);
    }
    const sink = fault === 'lose-answer' ? lostAnswer(response) : answerOf(invocation, response);
    await runInvocation(invocation, { pool, sink, fault, settings, payload: invoke.payload });
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

const NOT_THERE = {
  status: 404,
  type: 'ResourceNotFoundException',
  message: 'This emulator knows invocations of its one function alone.',
};

/** What Lambda says to more invocations at a time than the account may have. */
const THROTTLED = {
  status: 429,
  type: 'TooManyRequestsException',
  message: 'Rate Exceeded.',
  reason: 'ConcurrentInvocationLimitExceeded',
};

function refusalOf(invoke: InvokeRequest | undefined, { functionName, credentials }: LambdaEmulatorOptions) {
  if (invoke === undefined || invoke.functionName !== functionName) return NOT_THERE;
  if (invoke.accessKeyId === credentials.accessKeyId) return undefined;
  return {
    status: 403,
    type: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
  };
}

function invocationOf({ mode, payload }: InvokeRequest): Invocation {
  const { type, chunk, renderId } = payload;
  return {
    requestId: randomUUID(),
    mode,
    routine: String(type),
    chunk: typeof chunk === 'number' ? chunk : undefined,
    renderId: typeof renderId === 'string' ? renderId : undefined,
    outcome: undefined,
    durationMs: undefined,
  };
}

function answerOf({ mode, requestId }: Invocation, response: ServerResponse): InvocationSink {
  if (mode === 'Event') return noAnswer(response, requestId);
  return mode === 'ResponseStream' ? streamedAnswer(response, requestId) : wholeAnswer(response, requestId);
}

/** What Lambda's runtime sets, and where the function finds its services. */
function functionEnv(
  { functionName, region, credentials, s3Endpoint }: LambdaEmulatorOptions,
  { memoryMb }: FunctionSettings,
  lambdaEndpoint: string,
): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: '/tmp',
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL_LAMBDA: lambdaEndpoint,
    AWS_ENDPOINT_URL_S3: s3Endpoint,
  };
}
