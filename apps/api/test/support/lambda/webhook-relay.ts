import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request that passed the relay. */
export interface RelayedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Status of the answer; undefined when it was lost. */
  readonly status: number | undefined;
}

/** Stands between the function and the API, where webhooks can be lost or come twice. */
export interface WebhookRelay {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  /** Where requests are passed on to. */
  target: string;
  /** What happens to requests. */
  mode: 'pass' | 'lose' | 'double';
  /** Every request, in the order of its answer. */
  readonly requests: readonly RelayedRequest[];
  close(): Promise<void>;
}

/** Starts a relay on 127.0.0.1 that passes everything on. */
export async function startWebhookRelay(): Promise<WebhookRelay> {
  const requests: RelayedRequest[] = [];
  const relay = { url: '', target: '', mode: 'pass' as WebhookRelay['mode'], requests, close };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '/';
    const body = await buffer(request);
    const { headers } = request;
    if (relay.mode === 'lose') {
      requests.push({ path, headers, body, status: undefined });
      response.destroy();
      return;
    }
    const pass = async () => {
      const answer = await fetch(relay.target + path, {
        method: request.method ?? 'GET',
        headers: {
          'content-type': String(headers['content-type']),
          'x-remotion-signature': String(headers['x-remotion-signature']),
        },
        ...(body.length === 0 ? {} : { body }),
      });
      requests.push({ path, headers, body, status: answer.status });
      return answer;
    };
    if (relay.mode === 'double') await pass();
    const answer = await pass();
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  };

  // An API that is gone is a broken connection to the function too.
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
