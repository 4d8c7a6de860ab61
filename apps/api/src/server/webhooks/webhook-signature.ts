import { createHmac } from 'node:crypto';
import { createSecretMatcher } from '../auth/authenticate.ts';

/**
 * Whether a webhook has Remotion's signature: `sha512=` and the HMAC-SHA-512 of the body's bytes in hexadecimal. Compared in
 * constant time.
 *
 * @param signature value of `x-remotion-signature`; a repeated header is invalid
 */
export function carriesSignature(
  signature: string | string[] | undefined,
  body: Buffer,
  secret: string,
): boolean {
  if (typeof signature !== 'string') return false;
  const expected = `sha512=${createHmac('sha512', secret).update(body).digest('hex')}`;
  return createSecretMatcher(expected)(Buffer.from(signature, 'latin1'));
}
