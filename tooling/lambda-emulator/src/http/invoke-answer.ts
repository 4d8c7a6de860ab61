import type { ServerResponse } from 'node:http';
import type { InvocationError, InvocationSink } from '../invocation.ts';
import { EVENT_STREAM_TYPE, invokeComplete, payloadChunk } from './event-stream.ts';

/** An answer that comes when the function has ended, in one piece. */
export function wholeAnswer(response: ServerResponse, requestId: string): InvocationSink {
  const pieces: Uint8Array[] = [];
  return {
    write: (bytes) => void pieces.push(bytes),
    end(error) {
      response.writeHead(200, {
        'content-type': 'application/json',
        'x-amzn-requestid': requestId,
        ...(error === undefined ? {} : { 'x-amz-function-error': 'Unhandled' }),
      });
      response.end(error === undefined ? Buffer.concat(pieces) : errorBody(error));
    },
  };
}

/** An answer that says at once that the invocation was taken, and nothing of what becomes of it. */
export function noAnswer(response: ServerResponse, requestId: string): InvocationSink {
  response.writeHead(202, { 'x-amzn-requestid': requestId, 'content-length': 0 }).end();
  return { write: () => undefined, end: () => undefined };
}

/** No answer at all: the connection is torn down when the function has ended. */
export function lostAnswer(response: ServerResponse): InvocationSink {
  return { write: () => undefined, end: () => void response.destroy() };
}

/** An answer that passes on what the function writes while it runs. Its head is sent at once, also while the invocation waits. */
export function streamedAnswer(response: ServerResponse, requestId: string): InvocationSink {
  response.writeHead(200, { 'content-type': EVENT_STREAM_TYPE, 'x-amzn-requestid': requestId });
  response.flushHeaders();
  return {
    write: (bytes) => void response.write(payloadChunk(bytes)),
    end: (error) => void response.end(invokeComplete(error)),
  };
}

/** Refuses a request as Lambda's API does. */
export function refuse(
  response: ServerResponse,
  refusal: { status: number; type: string; message: string; reason?: string },
): void {
  const { status, type, message, reason } = refusal;
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type });
  response.end(
    JSON.stringify({ message, Message: message, Type: 'User', ...(reason ? { Reason: reason } : {}) }),
  );
}

function errorBody({ type, message }: InvocationError): string {
  return JSON.stringify({ errorType: type, errorMessage: message });
}
