import type { VideoTotalsRequestSchema } from '@defrag/core';
import type { VideoFilters } from '@defrag/db';
import type { z } from 'zod';

/** The filters of a request for videos, as the database takes them. */
export function videoFilters(input: z.output<typeof VideoTotalsRequestSchema>): VideoFilters {
  return {
    engine: input.engine,
    rendererVersion: input.renderer_version,
    frictionId: input.friction_id,
    createdFrom: dateOf(input.created_from),
    createdTo: dateOf(input.created_to),
    hashPrefix: input.hash_prefix,
  };
}

function dateOf(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}
