import { vi } from 'vitest';

/** Waits until a check passes, at most 30 seconds: the default of 1 second fails by chance on a busy machine. */
export function waitFor<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 30_000 });
}
