import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A proxy between the function and the API that drops or duplicates webhooks. */
export interface WebhookRelay {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  /** Receives the requests. */
  target: string;
  mode: 'pass' | 'lose' | 'double';
  /** Every request in the order of its response; the status is undefined when it was dropped. */
  readonly requests: readonly { readonly body: Buffer; readonly status: number | undefined }[];
  close(): Promise<void>;
}

export async function startWebhookRelay(): Promise<WebhookRelay> {
  const requests: { body: Buffer; status: number | undefined }[] = [];
  const relay = { url: '', target: '', mode: 'pass' as WebhookRelay['mode'], requests, close };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request);
    const { headers } = request;
    if (relay.mode === 'lose') {
      requests.push({ body, status: undefined });
      response.destroy();
      return;
    }
    const pass = async () => {
      const answer = await fetch(`${relay.target}${request.url}`, {
        method: request.method ?? 'GET',
        headers: {
          'content-type': String(headers['content-type']),
          'x-remotion-signature': String(headers['x-remotion-signature']),
        },
        ...(body.length === 0 ? {} : { body }),
      });
      requests.push({ body, status: answer.status });
      return answer;
    };
    if (relay.mode === 'double') await pass();
    const answer = await pass();
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  };

  // If the API is down, the function sees a broken connection.
  const server = createServer((request, response) =>
    handle(request, response).catch(() => response.destroy()),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  relay.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function close() {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }
  return relay;
}
