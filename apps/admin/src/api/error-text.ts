import type { ErrorCode, ErrorIssue } from '@defrag/client';
import { TRPCClientError } from '@trpc/client';

/** The API's code of a failure; UNREACHABLE where the API gave no answer. */
export type FailureCode = ErrorCode | 'UNREACHABLE';

type Described = { error_code?: ErrorCode; issues?: ErrorIssue[] };

/** Why a call failed, as a code. */
export function codeOf(error: unknown): FailureCode {
  return dataOf(error)?.error_code ?? 'UNREACHABLE';
}

/** Why a call failed, in a sentence for people; it names wrong fields. */
export function textOf(error: unknown): string {
  const data = dataOf(error);
  if (data?.error_code === undefined)
    return 'The server cannot be reached. Is it running, and are you online?';
  const issues = data.issues ?? [];
  if (issues.length === 0) return error instanceof Error ? error.message : String(error);
  return issues.map(({ path, message }) => `${path.join('.') || 'request'}: ${message}`).join('; ');
}

function dataOf(error: unknown): Described | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  return (error.data ?? undefined) as Described | undefined;
}
