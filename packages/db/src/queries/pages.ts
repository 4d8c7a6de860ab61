import { DatabaseError, InvalidCursorError } from '../errors.ts';

/** End of a page: the sort key of its last row as PostgreSQL writes it, and the row's unique id. */
export interface CursorPosition {
  key: string;
  id: string;
}

const MAX_CURSOR_LENGTH = 1_000;

/** Encodes a position as opaque text that is bound to one order, such as `event_date desc`. */
export function encodeCursor(order: string, position: CursorPosition): string {
  return Buffer.from(JSON.stringify([order, position.key, position.id])).toString('base64url');
}

/**
 * Decodes a cursor of the same order.
 *
 * @throws InvalidCursorError for any other text
 */
export function decodeCursor(order: string, cursor: string): CursorPosition {
  if (cursor.length > MAX_CURSOR_LENGTH) throw new InvalidCursorError();
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (error) {
    throw new InvalidCursorError(undefined, { cause: error });
  }
  if (!Array.isArray(parts) || parts.length !== 3) throw new InvalidCursorError();
  const [boundTo, key, id]: unknown[] = parts;
  if (boundTo !== order || typeof key !== 'string' || typeof id !== 'string') throw new InvalidCursorError();
  return { key, id };
}

/**
 * Runs the query of a page. The database refuses a key of the wrong type, which a changed cursor may contain.
 */
export async function runPage<Row>(cursor: string | undefined, run: () => Promise<Row[]>): Promise<Row[]> {
  try {
    return await run();
  } catch (error) {
    if (cursor !== undefined && error instanceof DatabaseError && error.code.startsWith('22')) {
      throw new InvalidCursorError(undefined, { cause: error });
    }
    throw error;
  }
}

/** Most rows of a page. */
export const MAX_PAGE_LIMIT = 100;

/** @throws RangeError unless the limit is an integer 1..{@link MAX_PAGE_LIMIT} */
export function checkPageLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_PAGE_LIMIT) return;
  throw new RangeError(`limit must be an integer from 1 to ${MAX_PAGE_LIMIT}`);
}
