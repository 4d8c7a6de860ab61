/** Descriptions of SQLSTATEs. The class (first two characters) is the fallback. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  '08': 'the connection failed',
  '0A': 'the feature is not supported',
  '21': 'more than one row where one was expected',
  '22': 'a value is not valid for its type',
  22003: 'a number is out of range',
  22012: 'division by zero',
  22021: 'a text holds a character that the database cannot store',
  '22P05': 'a text holds a character that the database cannot store',
  '23': 'an integrity constraint is violated',
  23502: 'a required value is missing',
  23503: 'a foreign key is violated',
  23505: 'a unique key is violated',
  23514: 'a check constraint is violated',
  '25': 'the transaction is in the wrong state',
  '25P02': 'an earlier statement of the transaction failed',
  25006: 'the transaction is read-only',
  '28': 'the login is refused',
  '28P01': 'the password is wrong',
  '3D': 'the database does not exist',
  '3F': 'the schema does not exist',
  '40': 'the transaction was rolled back',
  40001: 'the transaction conflicts with another one',
  '40P01': 'two transactions deadlocked',
  '42': 'the statement is not valid here',
  42501: 'the role lacks the privilege',
  42601: 'the syntax is invalid',
  42701: 'the column already exists',
  42703: 'the column does not exist',
  42710: 'the object already exists',
  42723: 'the function already exists',
  '42P01': 'the table does not exist',
  '42P06': 'the schema already exists',
  '42P07': 'the table already exists',
  53: 'the server is out of resources',
  53100: 'the disk is full',
  53300: 'the server has too many connections',
  54: 'a limit of the server is exceeded',
  55: 'the object is not in the required state',
  '55P03': 'a lock was not granted in time',
  57: 'the statement was interrupted',
  57014: 'the statement was cancelled',
  '57P01': 'the server is shutting down',
  '57P02': 'the server has crashed',
  '57P03': 'the server is starting up',
  58: 'the server had a system error',
  P0: 'a function of the database raised an error',
  XX: 'the server had an internal error',
};

/** Description of an SQLSTATE, as a clause without capital or full stop. */
export function describeSqlState(code: string): string {
  return DESCRIPTIONS[code] ?? DESCRIPTIONS[code.slice(0, 2)] ?? 'the driver failed';
}

/** Whether the same statement may succeed later: conflicts, locks, resources, a server that starts or stops. */
export function isRetryable(code: string): boolean {
  return /^(08|40|53)/.test(code) || ['55P03', '57014', '57P01', '57P02', '57P03'].includes(code);
}

/** Whether there is no session: lost connection, refused login, missing database, server that starts or stops. */
export function isUnreachable(code: string): boolean {
  return /^(08|28|3D)/.test(code) || ['53300', '57P01', '57P02', '57P03'].includes(code);
}
