/**
 * The database refused a statement, or the driver failed. All of it is safe to log: the message is ours and contains no SQL, no
 * parameter and no row, only names of constraint, table and column. It has no cause.
 */
export class DatabaseError extends Error {
  override readonly name: string = 'DatabaseError';
  /** SQLSTATE of PostgreSQL (five characters), a code of the operating system such as ECONNREFUSED, or UNKNOWN. */
  readonly code: string;
  /** Whether the same call may succeed later without a change. */
  readonly retryable: boolean;
  /** Name of the violated constraint. */
  declare readonly constraint?: string;
  declare readonly table?: string;
  declare readonly column?: string;

  constructor(
    message: string,
    facts: {
      code: string;
      retryable: boolean;
      constraint?: string | undefined;
      table?: string | undefined;
      column?: string | undefined;
    },
  ) {
    super(message);
    this.code = facts.code;
    this.retryable = facts.retryable;
    if (facts.constraint !== undefined) this.constraint = facts.constraint;
    if (facts.table !== undefined) this.table = facts.table;
    if (facts.column !== undefined) this.column = facts.column;
  }
}

/** The database cannot be reached, rejects the login, or was closed. `retryable` is false when only new settings help. */
export class DatabaseUnreachableError extends DatabaseError {
  override readonly name = 'DatabaseUnreachableError';
}

/** The cursor is not from this list, or from another order. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
  readonly code = 'INVALID_CURSOR';

  constructor(
    message = 'Invalid cursor: use the nextCursor of a page with the same sort and direction.',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A migration failed, or was changed after it was applied. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  /** SQLSTATE of the failure, or CHECKSUM_CHANGED. */
  readonly code: string;
  /** File name of the migration. */
  readonly migration: string;

  constructor(message: string, facts: { migration: string; code: string; cause?: DatabaseError }) {
    super(`Migration ${facts.migration}: ${message}`, { cause: facts.cause });
    this.code = facts.code;
    this.migration = facts.migration;
  }
}
