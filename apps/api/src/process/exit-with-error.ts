import {
  DatabaseFolderError,
  DatabaseInUseError,
  DatabaseUnreachableError,
  MigrationError,
} from '@defrag/db';
import { EnvError } from '../env.ts';
import { AppError } from '../errors.ts';
import { StartupError } from './startup-error.ts';

const EXPECTED = [
  StartupError,
  EnvError,
  AppError,
  DatabaseFolderError,
  DatabaseInUseError,
  DatabaseUnreachableError,
  MigrationError,
];

/** Whether an error's message alone tells a person what to do. */
function isExpected(error: unknown): error is Error {
  return EXPECTED.some((kind) => error instanceof kind);
}

/** Ends the process with status 1, after one clear line for the errors that are expected and a stack for the others. */
export function exitWithError(error: unknown): never {
  const text = isExpected(error)
    ? `error: ${error.message}`
    : `error: ${(error as Error)?.stack ?? String(error)}`;
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
