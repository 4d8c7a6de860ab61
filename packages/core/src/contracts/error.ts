import { z } from 'zod';

const ErrorIssueSchema = z
  .object({
    path: z
      .array(z.union([z.string(), z.int()]))
      .describe('Keys and indexes from the root of the request to the field; empty for the request itself.'),
    message: z.string().describe('What the field must be.'),
  })
  .meta({ id: 'ErrorIssue', description: 'One invalid field of a request.' });

/** The body of every error response of the REST routes. */
export const ErrorBodySchema = z
  .object({
    error: z.object({
      code: z.string().describe('For programs; see the table of codes.'),
      message: z.string().describe('For people.'),
      issues: z.array(ErrorIssueSchema).optional().describe('For BAD_REQUEST: every invalid field.'),
    }),
  })
  .meta({ id: 'ErrorBody', description: 'The body of every error response.' });
export type ErrorBody = z.infer<typeof ErrorBodySchema>;
