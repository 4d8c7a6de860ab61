import type { FrictionEvent as FrictionEventDto } from '@defrag/core';
import type { FrictionEvent } from '@defrag/db';
import { inputsOf } from '../../pipeline/friction-event.ts';
import type { VideoStore } from '../../store/store.ts';
import { timestamp } from './timestamp.ts';
import { videoUrl } from './video-url.ts';

/**
 * A friction event as operators see it.
 *
 * @param video the video of the event's present inputs at this length, or null if it was never asked for
 */
export async function frictionEventDto(
  store: VideoStore,
  event: FrictionEvent,
  video: { status: FrictionEventDto['video']['status']; url: string | null } | null,
  durationMs: number,
): Promise<FrictionEventDto> {
  const { hash, key } = inputsOf(event, durationMs);
  return {
    id: event.id,
    user_id: event.userId,
    connection_id: event.connectionId,
    event_date: event.eventDate,
    engine_version: event.engineVersion,
    friction_score: event.frictionScore,
    pressure_score: event.pressureScore,
    friction_delta: event.frictionDelta,
    primary_gate: event.primaryGate,
    fidelity_bucket: event.fidelityBucket,
    asset_hash: event.assetHash,
    provenance_hash: event.provenanceHash,
    created_at: timestamp(event.createdAt),
    updated_at: timestamp(event.updatedAt),
    video: {
      hash,
      status: video?.status ?? 'MISSING',
      url: video === null ? null : await videoUrl(store, { ...video, objectKey: key }),
    },
  };
}
