export type ErrorCode = keyof typeof import('../errors.ts').ERROR_CODES;
export interface ErrorIssue {
  path: (string | number)[];
  message: string;
}
