import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface AdminSecrets {
  readonly adminKey: string;
  /** Bearer token for schedulers. If undefined or empty, none is accepted. */
  readonly cronSecret?: string | undefined;
}

export const ADMIN_KEY_HEADER = 'x-defrag-admin-key';

/**
 * Creates the check whether a request has the admin key or the cron secret. A repeated header is invalid, because a proxy might
 * read another one of its values than we do.
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

/** Node decodes headers as Latin-1; this restores their bytes. */
function headerMatcher(secret: string): (value: string) => boolean {
  const matches = createSecretMatcher(secret);
  return (value) => matches(Buffer.from(value, 'latin1'));
}

/**
 * Creates the comparison with a secret, by its bytes in UTF-8. It compares digests in constant time, so that timing reveals
 * neither the secret nor its length.
 */
export function createSecretMatcher(secret: string): (candidate: Buffer) => boolean {
  const expected = digest(Buffer.from(secret, 'utf8'));
  return (candidate) => timingSafeEqual(digest(candidate), expected);
}

function digest(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
