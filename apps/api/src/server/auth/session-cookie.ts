import { hkdfSync } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errors, jwtVerify, SignJWT } from 'jose';

/** Seconds until a session expires; use does not extend it. */
const SESSION_SECONDS = 12 * 3_600;

const ALGORITHM = 'HS256';
const AUDIENCE = 'defrag-admin';
/** Binds the derived key to this use of the admin key. */
const KEY_PURPOSE = 'defrag-video admin session 1';

/**
 * Sessions as signed tokens in a cookie. The signing key is derived from the admin key: so all processes with the same admin key
 * accept each other's cookies, and changing the admin key ends all sessions.
 *
 * @param secure whether browsers may send the cookie over HTTPS only
 */
export function createSessionCookies({ adminKey, secure }: { adminKey: string; secure: boolean }) {
  const key = new Uint8Array(hkdfSync('sha256', adminKey, '', KEY_PURPOSE, 32));
  // With this prefix, browsers accept the cookie from this exact host only, not from its subdomains.
  const name = secure ? '__Host-defrag-session' : 'defrag-session';
  const attributes = { httpOnly: true, sameSite: 'strict', secure, path: '/' } as const;
  return {
    /** When the session of a request expires; undefined without a valid one. */
    async read(request: FastifyRequest): Promise<Date | undefined> {
      const token = request.cookies[name];
      if (token === undefined) return undefined;
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [ALGORITHM],
          audience: AUDIENCE,
          requiredClaims: ['exp'],
        });
        return new Date((payload.exp ?? 0) * 1_000);
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
    /** Sets the cookie of a new session. @returns when it expires */
    async begin(reply: FastifyReply): Promise<Date> {
      const expiresAtSeconds = Math.floor(Date.now() / 1_000) + SESSION_SECONDS;
      const token = await new SignJWT()
        .setProtectedHeader({ alg: ALGORITHM })
        .setAudience(AUDIENCE)
        .setExpirationTime(expiresAtSeconds)
        .sign(key);
      const expires = new Date(expiresAtSeconds * 1_000);
      reply.setCookie(name, token, { ...attributes, expires });
      return expires;
    },
    end(reply: FastifyReply): void {
      reply.clearCookie(name, attributes);
    },
  };
}
