import type { RenderManyResponse } from '@defrag/core';
import { AppError } from '../../errors.ts';
import type { Services } from '../services.ts';
import { type RenderVideoOptions, renderVideo } from './render-video.ts';

type Result = RenderManyResponse['results'][number];

/**
 * Requests the videos of several events, one after the other. An unknown event does not stop the others.
 *
 * @param options.frictionIds UUIDs; duplicates count once
 * @throws AppError UNAVAILABLE or STORE_UNAVAILABLE when the database or the store cannot be reached. Jobs already created stay;
 *   the same call may be repeated.
 */
export async function renderMany(
  services: Services,
  {
    frictionIds,
    ...shared
  }: Omit<RenderVideoOptions, 'frictionId' | 'waitSeconds'> & { frictionIds: readonly string[] },
): Promise<Result[]> {
  const results: Result[] = [];
  for (const frictionId of new Set(frictionIds.map((id) => id.toLowerCase()))) {
    results.push(await renderOne(services, { frictionId, ...shared }));
  }
  return results;
}

async function renderOne(
  services: Services,
  options: Omit<RenderVideoOptions, 'waitSeconds'>,
): Promise<Result> {
  const friction_id = options.frictionId;
  try {
    const { status, hash, url } = await renderVideo(services, { ...options, waitSeconds: 0 });
    return { friction_id, status, hash, url, error_code: null, error_message: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.httpStatus >= 500) throw error;
    const { code: error_code, message: error_message } = error;
    return { friction_id, status: 'REFUSED', hash: null, url: null, error_code, error_message };
  }
}
