/**
 * The message of a wrong field: what would be right, in one form for every check of a schema, for people at a form as well
 * as for callers of the API.
 *
 * @param what the right value with its article: `a UUID`
 */
export function mustBe(what: string): { error: (issue: { readonly input?: unknown }) => string } {
  return {
    error: ({ input }) => (input === undefined ? `is required and must be ${what}` : `must be ${what}`),
  };
}
