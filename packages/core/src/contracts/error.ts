import { z } from 'zod';

/** One field of a request that is wrong. */
export const ErrorIssueSchema = z
  .object({
    path: z
      .array(z.union([z.string(), z.int()]))
      .describe("Keys and indexes from the request's root to the field; empty for the request itself."),
    message: z.string().describe('What would be right.'),
  })
  .meta({ id: 'ErrorIssue', description: 'One field of a request that is wrong.' });

/** The body of every error answer of the REST routes. `code` is for programs, `message` for people. */
export const ErrorBodySchema = z
  .object({
    error: z.object({
      code: z.string().describe('For programs; see the table of codes.'),
      message: z.string().describe('For people.'),
      issues: z.array(ErrorIssueSchema).optional().describe('Of a BAD_REQUEST: every field that is wrong.'),
    }),
  })
  .meta({ id: 'ErrorBody', description: 'The body of every error answer.' });

/** See {@link ErrorBodySchema}. */
export type ErrorBody = z.infer<typeof ErrorBodySchema>;
