import { ListFrictionEventsRequestSchema } from '@defrag/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createQueryReader } from '../../src/server/rest/rest-input.ts';

describe('createQueryReader', () => {
  const read = createQueryReader(
    z.strictObject({ count: z.int().default(1), flag: z.boolean().optional(), name: z.string().nullish() }),
  );

  it('converts valid integers and booleans where the schema expects them', () => {
    expect(read({ count: '12', flag: 'true', name: '12' })).toEqual({ count: 12, flag: true, name: '12' });
    expect(read({ count: '-3', flag: 'false' })).toEqual({ count: -3, flag: false });
  });

  it.each(['', ' 1', '1e3', '0x10', '1.5', '+1', 'abc', '9'.repeat(30)])(
    'keeps %j as text, for the schema to reject',
    (count) => {
      expect(read({ count })).toEqual({ count });
    },
  );

  it('keeps repeated and unknown keys unchanged', () => {
    expect(read({ count: ['1', '2'], other: '1', constructor: '1' })).toEqual({
      count: ['1', '2'],
      other: '1',
      constructor: '1',
    });
  });

  it('does not change the schema, which still rejects numbers as text', () => {
    const readEvents = createQueryReader(ListFrictionEventsRequestSchema);
    expect(ListFrictionEventsRequestSchema.safeParse(readEvents({ limit: '5' })).success).toBe(true);
    expect(ListFrictionEventsRequestSchema.safeParse({ limit: '5' }).success).toBe(false);
  });
});
