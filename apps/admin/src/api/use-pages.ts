import { keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';

interface Page<Item> {
  readonly items: readonly Item[];
  /** Start of the next page; null on the last one. */
  readonly next_cursor: string | null;
}

export type Pages<Item> = ReturnType<typeof usePages<Item>>;

/** Milliseconds between refetches of a changing list, per loaded page. */
const LOOK_MS_PER_PAGE = 1_000;

/**
 * Loads a list page by page. tRPC's own infinite queries overwrite the API's `direction` parameter, so this does not
 * use them.
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
    // Keep the previous items until the new ones arrive, so that nothing jumps.
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => {
      const pages = state.data?.pages ?? [];
      return options.isMoving(pages.flatMap(({ items }) => items)) && pages.length * LOOK_MS_PER_PAGE;
    },
  });
  return { ...query, items: query.data?.pages.flatMap(({ items }) => items) };
}
