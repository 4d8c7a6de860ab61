import type { AssetStatus } from '@defrag/core';
import type { FrictionEventRow } from '@defrag/db';
import { inputsOf } from '../../pipeline/friction-event.ts';
import type { VideoStore } from '../../store/store.ts';
import { videoUrl } from '../videos/dto.ts';
import { timestamp } from '../wire.ts';

/** @param video the event's video at this length for the current renderer version; null if it was never requested */
export async function frictionEventDto(
  store: VideoStore,
  event: FrictionEventRow,
  video: { status: AssetStatus; url: string | null } | null,
  durationMs: number,
) {
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
      status: video?.status ?? ('MISSING' as const),
      url: video === null ? null : await videoUrl(store, { ...video, objectKey: key }),
    },
  };
}
