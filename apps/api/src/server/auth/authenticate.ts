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
 * Makes the check whether a request carries the admin key or the cron secret. Digests are compared in constant time, so the
 * answer's timing tells neither a secret's text nor its length. A header that is sent twice counts as wrong: two parties may
 * disagree which one holds.
 *
 * @throws RangeError when the admin key is empty
 */
export function createAuthenticator(secrets: AdminSecrets): (request: IncomingMessage) => boolean {
  if (secrets.adminKey === '') throw new RangeError('The admin key must not be empty.');
  const adminKeyMatches = secretMatcher(secrets.adminKey);
  const cronSecretMatches = secrets.cronSecret ? secretMatcher(secrets.cronSecret) : () => false;
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

function secretMatcher(secret: string): (candidate: string) => boolean {
  const expected = digest(Buffer.from(secret, 'utf8'));
  // Node reads the bytes of a header as Latin-1; this gives them back.
  return (candidate) => timingSafeEqual(digest(Buffer.from(candidate, 'latin1')), expected);
}

function digest(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
