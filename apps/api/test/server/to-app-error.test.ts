import { DatabaseError, DatabaseUnreachableError, InvalidCursorError } from '@defrag/db';
import { TRPCError } from '@trpc/server';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError, ERROR_CODES } from '../../src/errors.ts';
import { errorShape } from '../../src/trpc/errors/error-formatter.ts';
import { toAppError } from '../../src/trpc/errors/to-app-error.ts';

const zodError = z.strictObject({ a: z.int() }).safeParse({ a: 'secret', b: 1, c: 2 }).error;

describe('toAppError', () => {
  it('leaves an AppError as it is, also inside of what tRPC wraps around it', () => {
    const error = new AppError('VIDEO_NOT_FOUND', 'There is no such video.');
    expect(toAppError(error)).toBe(error);
    expect(toAppError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: error }))).toBe(error);
  });

  it('names each wrong field and each unknown key of an input, and none of their values', () => {
    const error = toAppError(new TRPCError({ code: 'BAD_REQUEST', cause: zodError }));
    expect(error.code).toBe('BAD_REQUEST');
    expect(error.issues?.map(({ path }) => path)).toEqual([['a'], ['b'], ['c']]);
    expect(`${error.message}${JSON.stringify(error.issues)}`).not.toContain('secret');
  });

  it('names at most 50 issues', () => {
    const body = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key${index}`, index]));
    const { error: cause } = z.strictObject({}).safeParse(body);
    expect(toAppError(new TRPCError({ code: 'BAD_REQUEST', cause })).issues).toHaveLength(50);
  });

  it('takes a failed schema that is not the input for a fault of ours', () => {
    expect(toAppError(zodError).code).toBe('INTERNAL');
    expect(toAppError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: zodError })).code).toBe(
      'INTERNAL',
    );
  });

  it('says of a lost database that the caller may come back', () => {
    const lost = new DatabaseUnreachableError('gone', { code: 'ECONNREFUSED', retryable: true });
    const closed = new DatabaseError('closed', { code: 'CLOSED', retryable: false });
    for (const error of [lost, closed]) {
      const wrapped = new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: error });
      expect(toAppError(wrapped)).toMatchObject({ code: 'UNAVAILABLE', httpStatus: 503, cause: error });
    }
  });

  it('takes a statement that the database refused for a fault of ours', () => {
    const refused = new DatabaseError('refused', { code: '42P01', retryable: false });
    expect(toAppError(refused).code).toBe('INTERNAL');
  });

  it('blames a wrong cursor on the field', () => {
    expect(toAppError(new InvalidCursorError()).issues).toMatchObject([{ path: ['cursor'] }]);
  });

  it.each([new Error('select secret from table'), 'text', null, undefined, 42, { statusCode: 400 }])(
    'says nothing of what it does not know: %s',
    (error) => {
      const appError = toAppError(error);
      expect(appError).toMatchObject({ code: 'INTERNAL', message: 'Something went wrong on our side.' });
      expect(appError.cause).toBe(error);
    },
  );
});

describe('the error of a tRPC answer', () => {
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
