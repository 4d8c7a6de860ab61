import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';

/** An empty variable (`PORT=`) means the same as an absent one. */
const optionalText = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional());

const wholeNumber = (minimum: number, maximum: number, defaultValue: number) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? defaultValue : Number(value)),
    z.int(`must be a whole number ${minimum}..${maximum}`).min(minimum).max(maximum),
  );

const flag = (defaultValue: boolean) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? String(defaultValue) : value),
    z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true'),
  );

const httpUrl = z.preprocess(
  (value) => (value === '' ? undefined : value),
  z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
);

const EnvSchema = z.object({
  /** `production` makes an admin key mandatory and logs plain JSON. (Default: development) */
  NODE_ENV: z.preprocess(
    (value) => value || 'development',
    z.enum(['development', 'production', 'test'], 'must be development, production or test'),
  ),
  /** TCP port of the API; 0 takes any free one. (Default: 8787) */
  PORT: wholeNumber(0, 65_535, 8_787),
  /** Address to listen on. (Default: 127.0.0.1) */
  HOST: z.preprocess((value) => value || '127.0.0.1', z.string()),
  /** What the URLs handed out begin with. (Default: `http://HOST:PORT`) */
  PUBLIC_BASE_URL: httpUrl,
  /** Folder of the embedded database, the filesystem store and the scratch files. (Default: `.data`) */
  DATA_DIR: z.preprocess(
    (value) => value || '.data',
    z.string().transform((path) => resolve(path)),
  ),
  /** PostgreSQL to use; unset means the embedded database in DATA_DIR. */
  DATABASE_URL: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }).optional(),
  ),
  /** Connections to PostgreSQL of this process. (Default: 10) */
  DATABASE_POOL_SIZE: wholeNumber(2, 200, 10),
  /** Key of the admin routes, at least 16 characters. Mandatory in production; else one is generated and kept in DATA_DIR. */
  DEFRAG_ADMIN_KEY: optionalText.pipe(z.string().min(16, 'must have at least 16 characters').optional()),
  /** Bearer token that schedulers may use on the admin routes, at least 16 characters. Unset: none is accepted. */
  CRON_SECRET: optionalText.pipe(z.string().min(16, 'must have at least 16 characters').optional()),
  /** What renders. (Default: embedded) */
  RENDER_ENGINE: z.preprocess((value) => value || 'embedded', z.enum(['embedded'], 'must be embedded')),
  /** Threads of the embedded engine, each of which draws and encodes. (Default: one per processor, at most 8) */
  RENDER_THREADS: wholeNumber(1, 64, Math.min(availableParallelism(), 8)),
  /** Renders that one process works on at the same time. (Default: 1) */
  WORKER_CONCURRENCY: wholeNumber(1, 100, 1),
  /** Whether the API process renders too; false leaves the queue to `worker` processes. (Default: true) */
  INLINE_WORKER: flag(true),
  /** Tries of a render before it is FAILED. (Default: 3) */
  RENDER_TRIES: wholeNumber(1, 20, 3),
  /** Seconds after which a try is given up. (Default: 300) */
  RENDER_TIMEOUT_SECONDS: wholeNumber(10, 86_400, 300),
  /** Origins that browsers may call the API from, separated by commas; `*` for any. Videos are open to all. (Default: none) */
  CORS_ORIGINS: z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',').map((origin) => origin.trim()) : []),
    z.array(z.string()).transform((origins) => origins.filter((origin) => origin !== '')),
  ),
  /** Whether X-Forwarded-* headers of a proxy in front are believed. (Default: false) */
  TRUST_PROXY: flag(false),
  /** Least severe level that is logged. (Default: info for the server, warn for commands) */
  LOG_LEVEL: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
  ),
});

/** The environment of the API, checked and with its defaults filled in. */
export type Env = z.infer<typeof EnvSchema>;

/** What the URLs of videos begin with, without a trailing slash, when the API listens on the given port. */
export function publicBaseUrlOf(env: Env, port: number = env.PORT): string {
  return (env.PUBLIC_BASE_URL ?? localUrlOf(env, port)).replace(/\/+$/, '');
}

/** How the API is reached from this machine, when it listens on the given port. */
export function localUrlOf(env: Env, port: number = env.PORT): string {
  return `http://${env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST}:${port}`;
}

/** The environment has wrong values; the message names every one of them, a line each, and no value. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
}

/**
 * Reads and checks the environment.
 *
 * @param source where the variables stand. (Default: the process, plus a `.env` file in the working folder if there is one)
 * @throws EnvError naming every wrong variable at once
 */
export function readEnv(source: Record<string, string | undefined> = processEnv()): Env {
  const result = EnvSchema.safeParse(source);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new EnvError(`The environment is not right:\n${lines.join('\n')}`);
  }
  const env = result.data;
  if (env.NODE_ENV === 'production' && env.DEFRAG_ADMIN_KEY === undefined) {
    throw new EnvError('The environment is not right:\n  DEFRAG_ADMIN_KEY: must be set in production');
  }
  return env;
}

function processEnv(): Record<string, string | undefined> {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return process.env;
}
