import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { StartupError } from './startup-error.ts';

/**
 * Checks before anything slow is begun that the port can be listened on.
 *
 * @param port TCP port; 0 for any free one
 * @returns the port
 * @throws StartupError when it is in use, not permitted, or the host is not one of this machine's
 */
export async function claimPort(host: string, port: number): Promise<number> {
  const server = createServer();
  server.listen({ host, port, exclusive: true });
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE') {
      throw new StartupError(
        `Port ${port} on ${host} is in use. Set PORT to another one, for example PORT=${port + 1}.`,
      );
    }
    if (code === 'EACCES')
      throw new StartupError(`Port ${port} on ${host} is not permitted. Set PORT to one above 1023.`);
    throw new StartupError(
      `Cannot listen on ${host}:${port} (${code ?? 'unknown error'}). Check HOST and PORT.`,
    );
  }
  const claimed = (server.address() as AddressInfo).port;
  server.close();
  await once(server, 'close');
  return claimed;
}
