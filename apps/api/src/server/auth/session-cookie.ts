import { hkdfSync } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errors, jwtVerify, SignJWT } from 'jose';

/** Seconds that a session lasts, however much it is used. */
export const SESSION_SECONDS = 12 * 3_600;

const ALGORITHM = 'HS256';
const AUDIENCE = 'defrag-admin';
/** Binds the derived key to this one use of the admin key. */
const KEY_PURPOSE = 'defrag-video admin session 1';

/** Begins, reads and ends the sessions of browsers. */
export interface SessionCookies {
  /** When the session of a request ends; undefined without a valid one. */
  read(request: FastifyRequest): Promise<Date | undefined>;
  /** Lets an answer begin a session. @returns when it ends */
  begin(reply: FastifyReply): Promise<Date>;
  /** Lets an answer end the session of its browser. */
  end(reply: FastifyReply): void;
}

/**
 * Sessions as signed tokens in a cookie. Every process with the same admin key reads the cookies of every other one, and another
 * admin key ends all sessions, because the key of the signature is derived from it.
 *
 * @param options.secure whether browsers may send the cookie over HTTPS only
 */
export function createSessionCookies(options: { adminKey: string; secure: boolean }): SessionCookies {
  const { adminKey, secure } = options;
  const key = new Uint8Array(hkdfSync('sha256', adminKey, '', KEY_PURPOSE, 32));
  // With this prefix a browser takes the cookie from this very host alone, and not from another one of the domain.
  const name = secure ? '__Host-defrag-session' : 'defrag-session';
  const attributes = { httpOnly: true, sameSite: 'strict', secure, path: '/' } as const;
  return {
    async read(request) {
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
    async begin(reply) {
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
    end(reply) {
      reply.clearCookie(name, attributes);
    },
  };
}
