import { keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';

/** One page of a list, as the API gives it. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; null on the last one. */
  readonly next_cursor: string | null;
}

/** A list that is loaded page by page. */
export type Pages<Item> = ReturnType<typeof usePages<Item>>;

/** Milliseconds between two looks at a list in which something is under way, for each page that is loaded. */
const LOOK_MS_PER_PAGE = 1_000;

/**
 * Loads a list page by page. (The hooks of tRPC would do, if they did not put a `direction` of their own in the place of the API's.)
 *
 * @param options.queryKey key of the list; it begins with the path of the procedure and holds everything that decides what is in it
 * @param options.read reads the page that begins at a cursor; the first one has none
 * @param options.isMoving whether the list has to be looked at again soon, because something in it is under way
 */
export function usePages<Item>(options: {
  readonly queryKey: QueryKey;
  read(cursor: string | undefined, signal: AbortSignal): Promise<Page<Item>>;
  isMoving(items: readonly Item[]): boolean;
}) {
  const query = useInfiniteQuery({
    queryKey: options.queryKey,
    queryFn: ({ pageParam, signal }) => options.read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    // What was there stays until the answer to other filters has come: nothing jumps.
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => {
      const pages = state.data?.pages ?? [];
      return options.isMoving(pages.flatMap(({ items }) => items)) && pages.length * LOOK_MS_PER_PAGE;
    },
  });
  return { ...query, items: query.data?.pages.flatMap(({ items }) => items) };
}
