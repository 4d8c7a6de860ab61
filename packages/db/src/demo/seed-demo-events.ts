import type { Database } from '../database.ts';
import { frictionEvents } from '../schema/friction-events.ts';
import { DEMO_EVENTS } from './demo-events.ts';

/**
 * Writes the twelve demo events into an embedded database that has no friction events yet. Does nothing to any other.
 *
 * @returns how many were written: 12 or 0
 */
export async function seedDemoEvents(database: Database): Promise<number> {
  if (database.kind !== 'embedded') return 0;
  return await database.transaction(async (tx) => {
    if ((await tx.$count(frictionEvents)) > 0) return 0;
    await tx.insert(frictionEvents).values([...DEMO_EVENTS]);
    return DEMO_EVENTS.length;
  });
}
