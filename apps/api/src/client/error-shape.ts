import type { TRPC_ERROR_CODE_KEY, TRPC_ERROR_CODE_NUMBER } from '@trpc/server/rpc';
import type { ErrorCode, ErrorIssue } from './contract.ts';

/** What an error answer carries besides its message. */
export interface DefragErrorData {
  /** tRPC's own code, coarser than `error_code`. */
  code: TRPC_ERROR_CODE_KEY;
  /** HTTP status of the answer, 400..599. */
  httpStatus: number;
  /** Procedure that failed, such as `admin.renderVideo`; null when the request did not reach one. */
  path: string | null;
  /** What to branch on. */
  error_code: ErrorCode;
  /** Of a BAD_REQUEST: every field that is wrong; else null. */
  issues: ErrorIssue[] | null;
}

/** The `error` of a tRPC answer. */
export interface DefragErrorShape {
  /** For people. */
  message: string;
  /** Number of `data.code` after JSON-RPC 2.0. */
  code: TRPC_ERROR_CODE_NUMBER;
  data: DefragErrorData;
}
