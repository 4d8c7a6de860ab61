import { expect, vi } from 'vitest';
import type { TestServices } from '../../support/test-services.ts';

/** The services with a database that counts its uses, to detect when polling stops. */
export function countLooks(services: TestServices) {
  let looks = 0;
  const database = new Proxy(services.database, {
    get(target, name, receiver) {
      if (name === 'orm') looks += 1;
      return Reflect.get(target, name, receiver);
    },
  });
  return {
    services: { ...services, database },
    /** Waits until the database has been used this many more times. */
    async expectLooks(more: number): Promise<void> {
      const before = looks;
      await vi.waitFor(() => expect(looks).toBeGreaterThan(before + more), { timeout: 10_000 });
    },
    /** Waits for a whole second without a use; a poller would use the database five times. */
    async expectNoMoreLooks(): Promise<void> {
      let before = looks;
      await vi.waitFor(
        () => {
          const since = looks - before;
          before = looks;
          expect(since).toBe(0);
        },
        { interval: 1_000, timeout: 20_000 },
      );
    },
  };
}
