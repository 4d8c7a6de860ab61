import { DatabaseError, DatabaseUnreachableError } from './errors.ts';
import { describeSqlState, isRetryable, isUnreachable } from './sqlstate.ts';

/** The fields of a driver's error that we read: never detail, where or query; the message only to recognize the error. */
interface DriverFacts {
  code?: unknown;
  severity?: unknown;
  constraint?: unknown;
  table?: unknown;
  column?: unknown;
  errors?: unknown;
  message?: unknown;
  cause?: unknown;
  stack?: unknown;
}

/** node-postgres has no code for these. Each text is compared as a whole and contains no data. */
const LOST_CONNECTION_MESSAGES: ReadonlySet<string> = new Set([
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'Query read timeout',
]);
const CLOSED_MESSAGE = 'Cannot use a pool after calling end on the pool';
const NETWORK_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ENOENT',
]);

/**
 * Makes the function that turns any error of the driver into one that is safe to log. PostgreSQL's own has rows in `detail`;
 * nothing of it is kept.
 *
 * @param target name of the database for people, without a password
 */
export function createErrorMapper(target: string): (error: unknown) => DatabaseError {
  return (error) => {
    if (error instanceof DatabaseError) return error;
    const facts = innermost(error);
    const code = codeOf(facts);
    const mapped = fromCode(code, facts, target);
    mapped.stack = `${mapped.name}: ${mapped.message}\n${[...frames(mapped), ...frames(error)].join('\n')}`;
    return mapped;
  };
}

function fromCode(code: string, facts: DriverFacts, target: string): DatabaseError {
  if (NETWORK_CODES.has(code)) {
    return new DatabaseUnreachableError(`${target} cannot be reached (${code}).`, { code, retryable: true });
  }
  if (code === 'CLOSED') {
    return new DatabaseError(`${target} has been closed.`, { code, retryable: false });
  }
  const retryable = isRetryable(code);
  const description = describeSqlState(code);
  if (isUnreachable(code)) {
    return new DatabaseUnreachableError(`${target} cannot be used: ${description} (${code}).`, {
      code,
      retryable,
    });
  }
  const constraint = name(facts.constraint);
  const table = name(facts.table);
  const column = name(facts.column);
  const where = [
    constraint && `constraint ${constraint}`,
    table && `table ${table}`,
    column && `column ${column}`,
  ].filter(Boolean);
  const place = where.length > 0 ? `, ${where.join(', ')}` : '';
  return new DatabaseError(`The database refused a statement: ${description} (${code}${place}).`, {
    code,
    retryable,
    constraint,
    table,
    column,
  });
}

/** Node wraps the errors of several addresses of one host. */
function innermost(error: unknown): DriverFacts {
  let current: unknown = error;
  for (let depth = 0; depth < 5 && typeof current === 'object' && current !== null; depth += 1) {
    const facts = current as DriverFacts;
    if (codeOf(facts) !== 'UNKNOWN') return facts;
    current = Array.isArray(facts.errors) ? facts.errors[0] : facts.cause;
  }
  return typeof error === 'object' && error !== null ? (error as DriverFacts) : {};
}

function codeOf(facts: DriverFacts): string {
  if (typeof facts.code === 'string') {
    if (NETWORK_CODES.has(facts.code)) return facts.code;
    if (typeof facts.severity === 'string' && /^[0-9A-Z]{5}$/.test(facts.code)) return facts.code;
  }
  if (typeof facts.message === 'string') {
    if (LOST_CONNECTION_MESSAGES.has(facts.message)) return 'ECONNRESET';
    if (facts.message === CLOSED_MESSAGE) return 'CLOSED';
  }
  return 'UNKNOWN';
}

function name(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The lines of a stack that name code, without those of the message. */
function frames(error: unknown): string[] {
  const stack = error instanceof Error && typeof error.stack === 'string' ? error.stack : '';
  return stack.split('\n').filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line));
}
