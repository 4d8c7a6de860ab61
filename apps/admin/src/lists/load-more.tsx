import { Button, Group, NativeSelect } from '@mantine/core';
import { type ReactElement, useEffect, useEffectEvent, useRef } from 'react';
import type { Pages } from '../api/use-pages.ts';
import { PAGE_SIZES } from '../app/search-schema.ts';
import { ErrorState } from '../ui/error-state.tsx';

/** How many things a page has. */
export type PageSize = (typeof PAGE_SIZES)[number];

/** How many things a page has unless somebody says otherwise, as the API has it. */
export const USUAL_PAGE_SIZE: PageSize = 25;

/**
 * Loads the next page of a list. The focus goes to the first thing of it, so that keys and screen readers go on where they were.
 *
 * @param props.pageSize how many things a page has
 * @param props.focusOn moves the focus to the thing at an index of the list
 */
export function LoadMore<Item>({
  pages,
  pageSize,
  onPageSize,
  focusOn,
}: {
  readonly pages: Pages<Item>;
  readonly pageSize: PageSize;
  onPageSize(pageSize: PageSize): void;
  focusOn(index: number): void;
}): ReactElement | null {
  const { items = [], fetchNextPage, hasNextPage, isFetchingNextPage, isFetchNextPageError, error } = pages;
  /** How many things there were when more was asked for. */
  const asked = useRef<number>(undefined);
  const arrive = useEffectEvent((count: number) => {
    if (asked.current === undefined || count <= asked.current) return;
    focusOn(asked.current);
    asked.current = undefined;
  });
  useEffect(() => arrive(items.length), [items.length]);
  const load = () => {
    asked.current = items.length;
    void fetchNextPage();
  };
  if (isFetchNextPageError && !isFetchingNextPage) {
    return <ErrorState error={error} title="The next page could not be loaded" onRetry={load} />;
  }
  if (!hasNextPage) return null;
  return (
    <Group justify="center" gap="xs" py="md">
      <Button variant="default" loading={isFetchingNextPage} onClick={load}>
        Load more
      </Button>
      <NativeSelect
        w={144}
        aria-label="How many at a time"
        value={String(pageSize)}
        data={PAGE_SIZES.map((size) => ({ value: String(size), label: `${size} at a time` }))}
        onChange={({ currentTarget }) => onPageSize(Number(currentTarget.value) as PageSize)}
      />
    </Group>
  );
}
