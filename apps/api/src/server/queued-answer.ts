import type { Context } from '../trpc/context.ts';
import { procedures } from '../trpc/procedures.ts';

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
