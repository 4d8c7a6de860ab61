import { type Check, CheckFailure } from './check.ts';

/** Hosts that mean this machine or this network, wherever they are looked up. */
const LOCAL_HOST = /^(localhost$|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1\]|.*\.local$)/;

/**
 * Whether the function can tell the API that a render has ended, and whether the API will believe it.
 *
 * @param publicBaseUrl of the API
 */
export function webhookCheck(publicBaseUrl: string, secret: string | undefined): Check {
  return {
    name: 'webhook',
    run() {
      if (secret === undefined) {
        throw new CheckFailure(
          'REMOTION_AWS_WEBHOOK_SECRET is not set',
          'Set it to a random text of at least 16 characters, such as what `openssl rand -hex 24` prints.',
        );
      }
      const isLocal = LOCAL_HOST.test(new URL(publicBaseUrl).hostname);
      return isLocal
        ? `${publicBaseUrl} is out of reach for AWS; renders end all the same, some seconds later (PUBLIC_BASE_URL)`
        : `goes to ${publicBaseUrl}`;
    },
  };
}
