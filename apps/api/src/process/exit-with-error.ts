import { DatabaseUnreachableError, MigrationError } from '@defrag/db';
import { LocalPostgresError } from '@defrag/local-postgres';
import { EnvError } from '../env.ts';
import { AppError } from '../errors.ts';
import { StartupError } from './startup-error.ts';

/** Errors whose message tells a person what to do. */
const EXPECTED = [
  StartupError,
  EnvError,
  AppError,
  DatabaseUnreachableError,
  LocalPostgresError,
  MigrationError,
];

/** Ends the process with status 1, after one line for an expected error, or the stack of any other. */
export function exitWithError(error: unknown): never {
  const isExpected = EXPECTED.some((kind) => error instanceof kind);
  const { message, stack } = error instanceof Error ? error : { message: '', stack: String(error) };
  process.stderr.write(`error: ${isExpected ? message : stack}\n`);
  process.exit(1);
}
