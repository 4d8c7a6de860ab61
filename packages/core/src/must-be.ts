/**
 * Zod error message for an invalid field, worded for both forms and API callers.
 *
 * @param what the expected value with its article: `a UUID`
 */
export function mustBe(what: string): { error: (issue: { readonly input?: unknown }) => string } {
  return {
    error: ({ input }) => (input === undefined ? `is required and must be ${what}` : `must be ${what}`),
  };
}
