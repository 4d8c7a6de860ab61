/** The part of a route's `navigate` that changes its search parameters. */
type Navigate<Search> = (options: {
  search: (before: Search) => Search;
  replace: true;
  resetScroll: false;
}) => Promise<void>;

/**
 * Changes some search parameters of the page that is shown and leaves the others, without a new entry in the browser's history.
 *
 * @param navigate of the page's route
 */
export function changeSearch<Search extends object>(
  navigate: Navigate<Search>,
  change: Partial<Search>,
): Promise<void> {
  return navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
}
