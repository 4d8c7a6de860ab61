import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { functionTimeoutSeconds, isFunctionName, type LambdaSettings } from './engine/lambda/settings.ts';

const wholeNumber = (minimum: number, maximum: number, defaultValue: number) =>
  z.preprocess(
    (value) => (value === undefined ? defaultValue : Number(value)),
    z.int(`must be a whole number ${minimum}..${maximum}`).min(minimum).max(maximum),
  );

const flag = (defaultValue: boolean) =>
  z.preprocess(
    (value) => value ?? String(defaultValue),
    z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true'),
  );

const secret = z.string().min(16, 'must have at least 16 characters').optional();

/** A URL that paths are appended to: without query, fragment and user. */
const baseUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .refine((url) => /^[^@?#]*$/.test(url), 'must have no user, query or fragment');

/** Each variable alone. {@link readEnv} also checks their combinations. */
export const EnvFieldsSchema = z.object({
  /** `production` makes an admin key mandatory and logs plain JSON. (Default: development) */
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'must be development, production or test')
    .default('development'),
  /** TCP port of the API; 0 takes any free one. (Default: 8787) */
  PORT: wholeNumber(0, 65_535, 8_787),
  /** Address to listen on. (Default: 127.0.0.1) */
  HOST: z.string().default('127.0.0.1'),
  /** Base of the URLs of videos. (Default: `http://HOST:PORT`) */
  PUBLIC_BASE_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  /** Folder of the local database, the filesystem store and the scratch files. (Default: `.data`) */
  DATA_DIR: z
    .string()
    .default('.data')
    .transform((path) => resolve(path)),
  /** PostgreSQL server to use. (Default: a PostgreSQL that is started in DATA_DIR) */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }).optional(),
  /** Most connections of this process to PostgreSQL. (Default: 10) */
  DATABASE_POOL_SIZE: wholeNumber(2, 200, 10),
  /** Key of the admin routes, at least 16 characters. Required in production; otherwise generated and stored in DATA_DIR. */
  DEFRAG_ADMIN_KEY: secret,
  /** Bearer token for schedulers on the admin routes, at least 16 characters. (Default: none is accepted) */
  CRON_SECRET: secret,
  /** Engine that renders. (Default: embedded) */
  RENDER_ENGINE: z
    .enum(['embedded', 'remotion', 'lambda'], 'must be embedded, remotion or lambda')
    .default('embedded'),
  /**
   * Threads of the embedded engine, which draw and encode; browser tabs of the remotion engine, at most one per processor.
   * (Default: one per processor, at most 8)
   */
  RENDER_THREADS: wholeNumber(1, 64, Math.min(availableParallelism(), 8)),
  /** Renders at the same time in one process. (Default: 1) */
  WORKER_CONCURRENCY: wholeNumber(1, 100, 1),
  /** Whether the API process renders too. With false, only `worker` processes do. (Default: true) */
  INLINE_WORKER: flag(true),
  RENDER_TRIES: wholeNumber(1, 20, 3),
  /** Seconds after which a try has failed. (Default: 300) */
  RENDER_TIMEOUT_SECONDS: wholeNumber(10, 86_400, 300),
  /** Seconds without a sign of life after which a worker counts as dead and its render is tried again. (Default: 30) */
  WORKER_SILENCE_SECONDS: wholeNumber(10, 3_600, 30),
  /** Origin of the bucket's S3 API. With the next three variables, videos are stored in the bucket, otherwise in DATA_DIR. */
  R2_ENDPOINT: baseUrl
    .refine(
      (url) => (URL.parse(url)?.pathname ?? '/') === '/',
      'must have no path, such as https://<account>.r2.cloudflarestorage.com; the bucket goes into R2_BUCKET',
    )
    .optional(),
  R2_ACCESS_KEY_ID: z.string().optional(),
  R2_SECRET_ACCESS_KEY: z.string().optional(),
  R2_BUCKET: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      'must be the name of a bucket: lowercase letters, digits and hyphens',
    )
    .optional(),
  /** Public address of the bucket, such as its custom domain. (Default: signed URLs) */
  R2_PUBLIC_BASE_URL: baseUrl.optional(),
  /** Id of the AWS key of the engine `lambda`, which requires this variable and the next six. */
  REMOTION_AWS_ACCESS_KEY_ID: z.string().optional(),
  REMOTION_AWS_SECRET_ACCESS_KEY: z.string().optional(),
  REMOTION_AWS_REGION: z
    .string()
    .regex(/^[a-z]{2}-[a-z]+-\d$/, 'must be a region of AWS, such as eu-central-1')
    .optional(),
  /** The deployed function. Its name contains its version, memory and timeout. */
  REMOTION_AWS_FUNCTION_NAME: z
    .string()
    .refine(
      isFunctionName,
      'must be the name of a function of Remotion, such as remotion-render-4-0-527-mem2048mb-disk2048mb-120sec',
    )
    .optional(),
  /** The deployed composition: address of its index.html. */
  REMOTION_AWS_SERVE_URL: baseUrl.optional(),
  REMOTION_AWS_BUCKET: z
    .string()
    .regex(
      /^remotionlambda-[a-z0-9-]+$/,
      "must be a bucket of Remotion's: its name begins with remotionlambda-",
    )
    .optional(),
  /** Secret with which the function signs its webhooks, at least 16 characters. */
  REMOTION_AWS_WEBHOOK_SECRET: secret,
  /** Most invocations at the same time of all processes together. (Default: 1000, the limit of a new AWS account) */
  REMOTION_AWS_CONCURRENCY: wholeNumber(3, 100_000, 1_000),
  /** Frames that one invocation renders. (Default: 20) */
  REMOTION_AWS_FRAMES_PER_LAMBDA: wholeNumber(5, 300, 20),
  /** Origins that may call the API from a browser, separated by commas; `*` for any. Videos are open to all. (Default: none) */
  CORS_ORIGINS: z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',').map((origin) => origin.trim()) : []),
    z.array(z.string()).transform((origins) => origins.filter((origin) => origin !== '')),
  ),
  /** Whether to trust the X-Forwarded-* headers of a proxy. (Default: false) */
  TRUST_PROXY: flag(false),
  /** Lowest level that is logged. (Default: info for the server, warn for commands) */
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
});

const R2_VARIABLES = ['R2_ENDPOINT', 'R2_ACCESS_KEY_ID', 'R2_SECRET_ACCESS_KEY', 'R2_BUCKET'] as const;

// Also when another variable is invalid, so that one start names all of them.
const always = () => true;

const LAMBDA_VARIABLES = [
  'REMOTION_AWS_ACCESS_KEY_ID',
  'REMOTION_AWS_SECRET_ACCESS_KEY',
  'REMOTION_AWS_REGION',
  'REMOTION_AWS_FUNCTION_NAME',
  'REMOTION_AWS_SERVE_URL',
  'REMOTION_AWS_BUCKET',
  'REMOTION_AWS_WEBHOOK_SECRET',
] as const;

const BucketEnvSchema = R2_VARIABLES.reduce(
  (schema, name) =>
    schema.refine((env) => env[name] !== undefined || !namesBucket(env), {
      path: [name],
      error: (issue) =>
        (issue.input as { RENDER_ENGINE?: unknown } | undefined)?.RENDER_ENGINE === 'lambda'
          ? 'must be set for RENDER_ENGINE=lambda, which writes into the bucket itself'
          : 'must be set too when another R2_ variable is',
      when: always,
    }),
  EnvFieldsSchema.refine((env) => env.NODE_ENV !== 'production' || env.DEFRAG_ADMIN_KEY !== undefined, {
    path: ['DEFRAG_ADMIN_KEY'],
    error: 'must be set in production',
    when: always,
  }),
);

/** Seconds of a try beyond the function's own limit: waiting for concurrency, starting, fetching the file. */
const LAMBDA_MARGIN_SECONDS = 60;

const EnvSchema = LAMBDA_VARIABLES.reduce(
  (schema, name) =>
    schema.refine((env) => env.RENDER_ENGINE !== 'lambda' || env[name] !== undefined, {
      path: [name],
      error: 'must be set for RENDER_ENGINE=lambda',
      when: always,
    }),
  BucketEnvSchema.refine((env) => leavesTimeForLambda(env), {
    path: ['RENDER_TIMEOUT_SECONDS'],
    error: `must be at least ${LAMBDA_MARGIN_SECONDS} more than the seconds in REMOTION_AWS_FUNCTION_NAME`,
  }),
);

function leavesTimeForLambda(env: z.infer<typeof EnvFieldsSchema>): boolean {
  const { RENDER_ENGINE, REMOTION_AWS_FUNCTION_NAME: functionName, RENDER_TIMEOUT_SECONDS } = env;
  // An invalid name is refused by its own rule.
  if (RENDER_ENGINE !== 'lambda' || functionName === undefined || !isFunctionName(functionName)) return true;
  return RENDER_TIMEOUT_SECONDS >= functionTimeoutSeconds(functionName) + LAMBDA_MARGIN_SECONDS;
}

function namesBucket(env: z.infer<typeof EnvFieldsSchema>): boolean {
  if (env.RENDER_ENGINE === 'lambda') return true;
  return [...R2_VARIABLES, 'R2_PUBLIC_BASE_URL' as const].some((name) => env[name] !== undefined);
}

export type Env = z.infer<typeof EnvSchema>;

/** The bucket of the environment; undefined when videos are stored in DATA_DIR. */
export function bucketOf(env: Env) {
  const { R2_ENDPOINT: endpoint, R2_BUCKET: bucket } = env;
  const { R2_ACCESS_KEY_ID: accessKeyId, R2_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) return undefined;
  return { endpoint, bucket, accessKeyId, secretAccessKey, publicBaseUrl: env.R2_PUBLIC_BASE_URL };
}

/**
 * Settings of the engine `lambda`; undefined for other engines.
 *
 * @param webhookUrl where the function sends its webhooks
 */
export function lambdaSettingsOf(env: Env, webhookUrl: string): LambdaSettings | undefined {
  const { REMOTION_AWS_REGION: region, REMOTION_AWS_FUNCTION_NAME: functionName } = env;
  const { REMOTION_AWS_SERVE_URL: serveUrl, REMOTION_AWS_BUCKET: bucket } = env;
  const { REMOTION_AWS_WEBHOOK_SECRET: webhookSecret } = env;
  const output = bucketOf(env);
  if (env.RENDER_ENGINE !== 'lambda') return undefined;
  if (!region || !functionName || !serveUrl || !bucket || !webhookSecret || !output) return undefined;
  return {
    region,
    functionName,
    serveUrl,
    bucket,
    framesPerLambda: env.REMOTION_AWS_FRAMES_PER_LAMBDA,
    concurrency: env.REMOTION_AWS_CONCURRENCY,
    webhook: { url: webhookUrl, secret: webhookSecret },
    output,
  };
}

/** Base of the URLs of videos without a trailing slash, for an API on the given port. */
export function publicBaseUrlOf(env: Env, port: number = env.PORT): string {
  return (env.PUBLIC_BASE_URL ?? localUrlOf(env, port)).replace(/\/+$/, '');
}

/** URL of an API on the given port, from this machine. */
export function localUrlOf(env: Env, port: number = env.PORT): string {
  return `http://${env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST}:${port}`;
}

/** Invalid environment variables. The message names each in one line, without its value. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
}

/**
 * Reads and validates the environment.
 *
 * @param source (Default: the variables of the process, and a `.env` file in the working folder)
 * @throws EnvError naming all invalid variables
 */
export function readEnv(source: Record<string, string | undefined> = processEnv()): Env {
  return readVariables(EnvSchema, source);
}

/**
 * Reads and validates the variables of one command.
 *
 * @param schema an object schema with the names of the variables as keys
 * @param source (Default: as in {@link readEnv})
 * @throws EnvError naming all invalid variables
 */
export function readVariables<Variables>(
  schema: z.ZodType<Variables>,
  source: Record<string, string | undefined> = processEnv(),
): Variables {
  const result = schema.safeParse(withoutBlanks(source));
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new EnvError(`Invalid environment variables:\n${lines.join('\n')}`);
  }
  return result.data;
}

/** Trims values. An empty value (`PORT=`) counts as unset. */
function withoutBlanks(source: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(source).flatMap(([name, value]) => {
      const text = value?.trim() ?? '';
      return text === '' ? [] : [[name, text]];
    }),
  );
}

function processEnv(): Record<string, string | undefined> {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return process.env;
}
