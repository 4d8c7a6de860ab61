/** The part of a route's `navigate` that changes its search parameters. */
type Navigate<Search> = (options: {
  search: (before: Search) => Search;
  replace: true;
  resetScroll: false;
}) => Promise<void>;

/**
 * Changes some of the search parameters of a list in the place, without a new entry in the browser's history.
 *
 * @param navigate of the list's route
 */
export function changeSearch<Search extends object>(
  navigate: Navigate<Search>,
): (change: Partial<Search>) => void {
  return (change) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
}
