import { EventStreamCodec } from '@smithy/core/event-streams';
import { fromUtf8, toUtf8 } from '@smithy/core/serde';
import { expect, it } from 'vitest';
import { invokeComplete, payloadChunk } from '../src/http/event-stream.ts';

const codec = new EventStreamCodec(toUtf8, fromUtf8);

it('a piece of an answer is a message that carries the bytes as they are', () => {
  const bytes = Uint8Array.from([0, 255, 13, 10]);
  const { headers, body } = codec.decode(payloadChunk(bytes));
  expect(headers[':event-type']?.value).toBe('PayloadChunk');
  expect(body).toEqual(bytes);
});

it('the end of an answer says nothing of an error, or which one', () => {
  const read = (message: Uint8Array) => JSON.parse(toUtf8(codec.decode(message).body));
  expect(read(invokeComplete())).toEqual({});
  expect(read(invokeComplete({ type: 'Sandbox.Timedout', message: 'too long' }))).toEqual({
    ErrorCode: 'Sandbox.Timedout',
    ErrorDetails: 'too long',
  });
});
