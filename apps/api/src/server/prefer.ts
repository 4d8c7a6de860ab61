import { MAX_WAIT_SECONDS } from '@defrag/core';
import type { Context } from '../trpc/context.ts';
import { procedures } from '../trpc/procedures.ts';

const WAIT = /(?:^|,)\s*wait\s*=\s*(?:(\d{1,9})|"(\d{1,9})")\s*(?:[;,]|$)/i;

/**
 * Seconds that a caller waits for the result, from its `Prefer` header (RFC 7240), at most {@link MAX_WAIT_SECONDS}. The first of
 * two `wait` preferences counts. Undefined if it is missing or not in whole seconds.
 */
export function preferredWaitSeconds(header: string | undefined): number | undefined {
  const [, plain, quoted] = WAIT.exec(header ?? '') ?? [];
  const seconds = plain ?? quoted;
  return seconds === undefined ? undefined : Math.min(Number(seconds), MAX_WAIT_SECONDS);
}

/**
 * Status and headers of the response of a procedure that queues renders: 202 if one was queued, and the wait that was applied
 * (RFC 7240).
 *
 * @param paths the procedures of the request, several in a batch
 * @param answers the result of each; undefined for an error
 */
export function queuedAnswer(
  paths: readonly string[],
  answers: readonly unknown[],
  context: Pick<Context, 'waitSeconds'> | undefined,
): { status?: number; headers?: Headers } {
  const allQueue = paths.length > 0 && paths.every((path) => procedures.get(path)?.meta.queues === true);
  if (!allQueue) return {};
  const waitSeconds = context?.waitSeconds;
  return {
    ...(answers.length > 0 && answers.every(isQueued) ? { status: 202 } : {}),
    ...(waitSeconds === undefined
      ? {}
      : { headers: new Headers({ 'preference-applied': `wait=${waitSeconds}` }) }),
  };
}

function isQueued(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'status' in answer && answer.status === 'QUEUED';
}
