import { InvalidCursorError } from '../errors.ts';
import type { Executor } from '../executor.ts';
import { ASSET_STATUSES } from '../schema/vocabulary.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import {
  type FrictionEventListOptions,
  type FrictionEventPage,
  type FrictionEventSort,
  type FrictionEventWithVideo,
  listByColumn,
} from './friction-events.ts';
import { checkPageLimit } from './page-limit.ts';

/**
 * One page of friction events, each with the video that its present inputs, `durationMs` and `rendererVersion` give. Pages
 * continue where the last one ended, whatever was inserted meanwhile: no row comes twice, none that was there is left out. By
 * `video_status` that holds for the events whose status stays: they come status by status, in the order of ASSET_STATUSES
 * when ascending, and within a status by event date.
 *
 * @param options.limit 1..100
 * @param options.cursor `nextCursor` of the page before, for the same sort and direction
 * @throws InvalidCursorError when the cursor is not from this order
 */
export async function listFrictionEvents(
  executor: Executor,
  options: FrictionEventListOptions<FrictionEventSort>,
): Promise<FrictionEventPage> {
  checkPageLimit(options.limit);
  const { sort } = options;
  return sort === 'video_status'
    ? listByStatus(executor, options)
    : listByColumn(executor, { ...options, sort });
}

/** No index has the order; the list of each status has one. So the lists of the statuses are read one after the other. */
async function listByStatus(
  executor: Executor,
  options: FrictionEventListOptions<FrictionEventSort>,
): Promise<FrictionEventPage> {
  const { direction, filters, limit } = options;
  const order = `video_status ${direction}`;
  const statuses = (direction === 'asc' ? ASSET_STATUSES : ASSET_STATUSES.toReversed()).filter(
    (status) => filters.videoStatus === undefined || filters.videoStatus === status,
  );
  const place = options.cursor === undefined ? undefined : decodeCursor(order, options.cursor);
  const first = place === undefined ? 0 : (statuses as string[]).indexOf(place.key);
  if (first < 0) throw new InvalidCursorError();

  const items: FrictionEventWithVideo[] = [];
  // Empty where a list begins.
  let cursor = place?.id || undefined;
  for (const videoStatus of statuses.slice(first)) {
    const room = limit - items.length;
    const page = await listByColumn(executor, {
      ...options,
      sort: 'event_date',
      cursor,
      // Of a list that has no room any more, only whether there is anything in it.
      limit: Math.max(room, 1),
      filters: { ...filters, videoStatus },
    });
    cursor = undefined;
    const nextCursor = (id: string) => encodeCursor(order, { key: videoStatus, id });
    if (room === 0 && page.items.length > 0) return { items, nextCursor: nextCursor('') };
    if (room === 0) continue;
    items.push(...page.items);
    if (page.nextCursor !== null) return { items, nextCursor: nextCursor(page.nextCursor) };
  }
  return { items, nextCursor: null };
}
