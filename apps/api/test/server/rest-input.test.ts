import { ListFrictionEventsRequestSchema } from '@defrag/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createQueryReader } from '../../src/server/rest/rest-input.ts';

describe('a query', () => {
  const read = createQueryReader(
    z.strictObject({ count: z.int().default(1), flag: z.boolean().optional(), name: z.string().nullish() }),
  );

  it('becomes numbers and booleans where the schema wants them and the text is one', () => {
    expect(read({ count: '12', flag: 'true', name: '12' })).toEqual({ count: 12, flag: true, name: '12' });
    expect(read({ count: '-3', flag: 'false' })).toEqual({ count: -3, flag: false });
  });

  it.each(['', ' 1', '1e3', '0x10', '1.5', '+1', 'abc', '9'.repeat(30)])(
    'leaves %j for the schema to refuse',
    (count) => {
      expect(read({ count })).toEqual({ count });
    },
  );

  it('leaves repeated and unknown keys as they are', () => {
    expect(read({ count: ['1', '2'], other: '1', constructor: '1' })).toEqual({
      count: ['1', '2'],
      other: '1',
      constructor: '1',
    });
  });

  it('leaves the schema as it was: a text is no number to it afterwards', () => {
    const readEvents = createQueryReader(ListFrictionEventsRequestSchema);
    expect(ListFrictionEventsRequestSchema.safeParse(readEvents({ limit: '5' })).success).toBe(true);
    expect(ListFrictionEventsRequestSchema.safeParse({ limit: '5' }).success).toBe(false);
  });
});
