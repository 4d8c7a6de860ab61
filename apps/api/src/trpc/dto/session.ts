import type { Session } from '@defrag/core';
import { timestamp } from './timestamp.ts';

/** A browser's session on the wire. @param expiresAt when it ends; undefined without one */
export function sessionDto(expiresAt: Date | undefined): Session {
  return {
    signed_in: expiresAt !== undefined,
    expires_at: expiresAt === undefined ? null : timestamp(expiresAt),
  };
}
