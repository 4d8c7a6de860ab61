import { EventStreamCodec } from '@smithy/core/event-streams';
import { fromUtf8, toUtf8 } from '@smithy/core/serde';

const codec = new EventStreamCodec(toUtf8, fromUtf8);

/** MIME type of an answer that is streamed. */
export const EVENT_STREAM_TYPE = 'application/vnd.amazon.eventstream';

/** One message of a streamed answer that carries a piece of what the function wrote. */
export function payloadChunk(bytes: Uint8Array): Uint8Array {
  return message('PayloadChunk', 'application/octet-stream', bytes);
}

/** The last message of a streamed answer. @param error undefined when the function succeeded */
export function invokeComplete(error?: { type: string; message: string }): Uint8Array {
  const body = error === undefined ? {} : { ErrorCode: error.type, ErrorDetails: error.message };
  return message('InvokeComplete', 'application/json', fromUtf8(JSON.stringify(body)));
}

function message(eventType: string, contentType: string, body: Uint8Array): Uint8Array {
  const text = (value: string) => ({ type: 'string' as const, value });
  return codec.encode({
    headers: {
      ':message-type': text('event'),
      ':event-type': text(eventType),
      ':content-type': text(contentType),
    },
    body,
  });
}
