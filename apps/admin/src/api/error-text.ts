import type { ErrorCode, ErrorIssue } from '@defrag/client';
import { TRPCClientError } from '@trpc/client';

/** The API's error code, or UNREACHABLE when the API did not answer. */
type FailureCode = ErrorCode | 'UNREACHABLE';

type Described = { error_code?: ErrorCode; issues?: ErrorIssue[] };

export function codeOf(error: unknown): FailureCode {
  return dataOf(error)?.error_code ?? 'UNREACHABLE';
}

/** A sentence for people; names invalid fields. */
export function textOf(error: unknown): string {
  const data = dataOf(error);
  if (data?.error_code === undefined)
    return 'Cannot reach the server. Check that it is running and that you are online.';
  const issues = data.issues ?? [];
  if (issues.length === 0) return error instanceof Error ? error.message : String(error);
  return issues.map(({ path, message }) => `${path.join('.') || 'request'}: ${message}`).join('; ');
}

function dataOf(error: unknown): Described | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  return (error.data ?? undefined) as Described | undefined;
}
