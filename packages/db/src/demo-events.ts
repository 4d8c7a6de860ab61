import { createHash } from 'node:crypto';
import type { Database } from './database.ts';
import { frictionEvents } from './schema/friction-events.ts';

const USER_ID = '00000000-0000-4000-8000-0000000000a1';
const CONNECTION_ID = '00000000-0000-4000-8000-0000000000b1';
const ENGINE_VERSION = 'demo-1';

/** Friction and pressure of the twelve demo events, from the still corner of the score grid to the violent one. */
const SCORES: readonly (readonly [friction: number, pressure: number])[] = [
  [0, 0],
  [8, 35],
  [20, 80],
  [33, 12],
  [45, 45],
  [50, 100],
  [61, 27],
  [72, 55],
  [80, 5],
  [86, 74],
  [93, 90],
  [100, 100],
];

/** The twelve demo friction events: fixed ids `00000000-0000-4000-8000-000000000001` to `...000000000012`, dates and seeds. */
export const DEMO_EVENTS: readonly (typeof frictionEvents.$inferInsert & { id: string })[] = SCORES.map(
  ([frictionScore, pressureScore], index) => {
    const number = String(index + 1).padStart(3, '0');
    return {
      id: `00000000-0000-4000-8000-000000000${number}`,
      userId: USER_ID,
      connectionId: CONNECTION_ID,
      eventDate: `2025-01-${number.slice(1)}`,
      engineVersion: ENGINE_VERSION,
      pressureScore,
      frictionScore,
      frictionDelta: index === 0 ? null : frictionScore - (SCORES[index - 1]?.[0] ?? 0),
      primaryGate: 'NONE',
      fidelityBucket: (['HIGH', 'MEDIUM', 'LOW'] as const)[index % 3] ?? 'HIGH',
      assetHash: sha256(`demo still ${number}`),
      provenanceHash: sha256(`demo event ${number}`),
    };
  },
);

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Writes the twelve demo events unless there are friction events.
 *
 * @returns how many were written: 12 or 0
 */
export async function seedDemoEvents(database: Database): Promise<number> {
  return await database.transaction(async (tx) => {
    if ((await tx.$count(frictionEvents)) > 0) return 0;
    await tx.insert(frictionEvents).values([...DEMO_EVENTS]);
    return DEMO_EVENTS.length;
  });
}
