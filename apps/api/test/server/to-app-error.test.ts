import { DatabaseError, DatabaseUnreachableError, InvalidCursorError } from '@defrag/db';
import { TRPCError } from '@trpc/server';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError, ERROR_CODES } from '../../src/errors.ts';
import { errorShape } from '../../src/trpc/errors/error-shape.ts';
import { toAppError } from '../../src/trpc/errors/to-app-error.ts';

const zodError = z.strictObject({ a: z.int() }).safeParse({ a: 'secret', b: 1, c: 2 }).error;

describe('toAppError', () => {
  it('returns an AppError unchanged, also if tRPC wrapped it', () => {
    const error = new AppError('VIDEO_NOT_FOUND', 'There is no such video.');
    expect(toAppError(error)).toBe(error);
    expect(toAppError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: error }))).toBe(error);
  });

  it('names each invalid field and unknown key of an input, without values', () => {
    const error = toAppError(new TRPCError({ code: 'BAD_REQUEST', cause: zodError }));
    expect(error.code).toBe('BAD_REQUEST');
    expect(error.issues?.map(({ path }) => path)).toEqual([['a'], ['b'], ['c']]);
    expect(`${error.message}${JSON.stringify(error.issues)}`).not.toContain('secret');
  });

  it('returns at most 50 issues', () => {
    const body = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key${index}`, index]));
    const { error: cause } = z.strictObject({}).safeParse(body);
    expect(toAppError(new TRPCError({ code: 'BAD_REQUEST', cause })).issues).toHaveLength(50);
  });

  it('maps a schema error outside of input validation to INTERNAL', () => {
    expect(toAppError(zodError).code).toBe('INTERNAL');
    expect(toAppError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: zodError })).code).toBe(
      'INTERNAL',
    );
  });

  it('maps a lost database connection to UNAVAILABLE', () => {
    const lost = new DatabaseUnreachableError('gone', { code: 'ECONNREFUSED', retryable: true });
    const closed = new DatabaseError('closed', { code: 'CLOSED', retryable: false });
    for (const error of [lost, closed]) {
      const wrapped = new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: error });
      expect(toAppError(wrapped)).toMatchObject({ code: 'UNAVAILABLE', httpStatus: 503, cause: error });
    }
  });

  it('maps a rejected SQL statement to INTERNAL', () => {
    const refused = new DatabaseError('refused', { code: '42P01', retryable: false });
    expect(toAppError(refused).code).toBe('INTERNAL');
  });

  it('names the cursor as the invalid field', () => {
    expect(toAppError(new InvalidCursorError()).issues).toMatchObject([{ path: ['cursor'] }]);
  });

  it.each([new Error('select secret from table'), 'text', null, undefined, 42, { statusCode: 400 }])(
    'hides the text of an unknown error: %s',
    (error) => {
      const appError = toAppError(error);
      expect(appError).toMatchObject({ code: 'INTERNAL', message: 'Internal server error.' });
      expect(appError.cause).toBe(error);
    },
  );
});

describe('errorShape', () => {
  it.each(Object.entries(ERROR_CODES))('%s has the status of the table', (code, { httpStatus, trpcCode }) => {
    const shape = errorShape(new AppError(code as keyof typeof ERROR_CODES, 'text'), 'a.b');
    expect(shape).toMatchObject({
      message: 'text',
      data: { code: trpcCode, httpStatus, path: 'a.b', error_code: code, issues: null },
    });
    expect(shape.code).toBeLessThan(0);
    expect(shape.data).not.toHaveProperty('stack');
  });
});
