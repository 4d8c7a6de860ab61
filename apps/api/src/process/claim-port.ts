import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { StartupError } from './startup-error.ts';

/** A port that this process holds until the server listens on it. */
export interface ClaimedPort {
  readonly port: number;
  /** Frees the port. Call it just before the server listens. */
  release(): Promise<void>;
}

/**
 * Takes the port before anything slow starts, so that a port in use is reported at once and no other process takes it meanwhile.
 *
 * @param port TCP port; 0 for any free one
 * @throws StartupError when it is in use, not permitted, or the host does not belong to this machine
 */
export async function claimPort(host: string, port: number): Promise<ClaimedPort> {
  const server = createServer((socket) => socket.destroy()).unref();
  server.listen({ host, port, exclusive: true });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw listenError(error, host, port);
  }
  return {
    port: (server.address() as AddressInfo).port,
    async release() {
      server.close();
      await once(server, 'close');
    },
  };
}

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
