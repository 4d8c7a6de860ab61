/**
 * A statement that the database refused, or a driver that failed. Everything it carries is safe to log: the message is ours,
 * the names are those of constraint, table and column; neither SQL nor a parameter nor a row is in it, and there is no cause.
 */
export class DatabaseError extends Error {
  override readonly name: string = 'DatabaseError';
  /** SQLSTATE of PostgreSQL (five characters), a code of the operating system such as ECONNREFUSED, or UNKNOWN. */
  readonly code: string;
  /** Whether the same call may succeed later without a change. */
  readonly retryable: boolean;
  /** Name of the constraint that refused, if one did. */
  declare readonly constraint?: string;
  /** Name of the table, where the database tells. */
  declare readonly table?: string;
  /** Name of the column, where the database tells. */
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

/** The database cannot be reached, refuses the login, or went away. `retryable` is false where only a change of settings helps. */
export class DatabaseUnreachableError extends DatabaseError {
  override readonly name = 'DatabaseUnreachableError';
}

/** A cursor that this list did not hand out, or that belongs to another order. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
  readonly code = 'INVALID_CURSOR';

  constructor(
    message = 'The cursor is not one that this list handed out for this order.',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A migration could not be applied, or an applied one was changed afterwards. */
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
