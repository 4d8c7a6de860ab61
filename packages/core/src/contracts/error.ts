import { z } from 'zod';

/** One field of a request that is wrong. */
export const ErrorIssueSchema = z.object({
  /** Keys and indexes from the request's root to the field; empty for the request itself. */
  path: z.array(z.union([z.string(), z.int()])),
  message: z.string(),
});

/** The body of every error answer of the REST routes. `code` is for programs, `message` for people. */
export const ErrorBodySchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    issues: z.array(ErrorIssueSchema).optional(),
  }),
});

/** See {@link ErrorBodySchema}. */
export type ErrorBody = z.infer<typeof ErrorBodySchema>;
