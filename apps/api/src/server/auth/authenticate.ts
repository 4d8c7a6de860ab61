import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The secrets that open the admin routes. */
export interface AdminSecrets {
  /** Value of the header `x-defrag-admin-key`. */
  readonly adminKey: string;
  /** Bearer token for schedulers; undefined or empty: none is accepted. */
  readonly cronSecret?: string | undefined;
}

/** Header that carries the admin key. */
export const ADMIN_KEY_HEADER = 'x-defrag-admin-key';

/**
 * Makes the check whether a request carries the admin key or the cron secret. A header that is sent twice counts as wrong: two
 * parties may disagree which one holds.
 *
 * @throws RangeError when the admin key is empty
 */
export function createAuthenticator(secrets: AdminSecrets): (request: IncomingMessage) => boolean {
  if (secrets.adminKey === '') throw new RangeError('The admin key must not be empty.');
  const adminKeyMatches = headerMatcher(secrets.adminKey);
  const cronSecretMatches = secrets.cronSecret ? headerMatcher(secrets.cronSecret) : () => false;
  return ({ headersDistinct }) => {
    const [adminKey, ...moreKeys] = headersDistinct[ADMIN_KEY_HEADER] ?? [];
    const [authorization, ...moreAuthorizations] = headersDistinct['authorization'] ?? [];
    if (moreKeys.length > 0 || moreAuthorizations.length > 0) return false;
    const bearer = /^bearer +(\S.*)$/i.exec(authorization ?? '')?.[1];
    return (
      (adminKey !== undefined && adminKeyMatches(adminKey)) ||
      (bearer !== undefined && cronSecretMatches(bearer))
    );
  };
}

/** Node reads the bytes of a header as Latin-1; this gives them back. */
function headerMatcher(secret: string): (value: string) => boolean {
  const matches = createSecretMatcher(secret);
  return (value) => matches(Buffer.from(value, 'latin1'));
}

/**
 * Makes the comparison with a secret, by its bytes in UTF-8. Digests are compared in constant time, so the answer's timing tells
 * neither the secret's text nor its length.
 */
export function createSecretMatcher(secret: string): (candidate: Buffer) => boolean {
  const expected = digest(Buffer.from(secret, 'utf8'));
  return (candidate) => timingSafeEqual(digest(candidate), expected);
}

function digest(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
