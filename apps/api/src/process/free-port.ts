import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { StartupError } from './startup-error.ts';

/**
 * Checks that the port can be used, before anything slow starts.
 *
 * @param port TCP port; 0 for any free one
 * @returns the port
 * @throws StartupError when the port is in use or not permitted, or the host does not belong to this machine
 */
export async function claimPort(host: string, port: number): Promise<number> {
  const server = createServer();
  server.listen({ host, port, exclusive: true });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw listenError(error, host, port);
  }
  const claimed = (server.address() as AddressInfo).port;
  server.close();
  await once(server, 'close');
  return claimed;
}

/** A failure to listen, with a one-line message. */
export function listenError(error: unknown, host: string, port: number): StartupError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return new StartupError(explain(code, host, port), { cause: error });
}

function explain(code: string, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use. Set PORT to another one, for example PORT=${port + 1}.`;
    case 'EACCES':
      return `Port ${port} on ${host} is not permitted. Set PORT to one above 1023.`;
    default:
      return `Cannot listen on ${host}:${port} (${code}). Check HOST and PORT.`;
  }
}
