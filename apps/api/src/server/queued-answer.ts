import type { Context } from '../trpc/context.ts';
import { procedures } from '../trpc/procedures.ts';

/**
 * What HTTP says of an answer besides its body: 202 when a render was queued, and whether `Prefer: wait` was heard (RFC 7240).
 *
 * @param paths the procedures of the request, more than one in a batch
 * @param answers what each of them returned; undefined for an error
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
