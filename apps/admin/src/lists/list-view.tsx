import { Box, Button, Group, NativeSelect } from '@mantine/core';
import { IconWifiOff } from '@tabler/icons-react';
import { type ReactElement, type ReactNode, useEffect, useEffectEvent, useRef } from 'react';
import type { Pages } from '../api/use-pages.ts';
import { PAGE_SIZES } from '../lib/search.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';

/**
 * A list in the state that it is in: on its way, out of reach, empty, or there, with the way to its next page.
 *
 * @param props.skeleton in its place until it has come
 * @param props.empty in its place when there is nothing in it
 * @param props.pageSize how many things a page has
 * @param props.children shows what is in it
 * @param props.focusOn moves the focus to the thing at an index of the list
 */
export function ListView<Item>({
  pages,
  pageSize = USUAL_PAGE_SIZE,
  onPageSize,
  skeleton,
  empty,
  children,
  focusOn,
}: {
  readonly pages: Pages<Item>;
  readonly pageSize: PageSize | undefined;
  onPageSize(pageSize: PageSize): void;
  readonly skeleton: ReactNode;
  readonly empty: ReactNode;
  children(items: readonly Item[]): ReactNode;
  focusOn(index: number): void;
}): ReactElement {
  const { items, error, isFetchNextPageError, isPaused, isPlaceholderData } = pages;
  const retry = () => void pages.refetch();
  if (items === undefined) {
    if (error) return <ErrorState error={error} title="The list could not be loaded" onRetry={retry} />;
    if (!isPaused) return <>{skeleton}</>;
    return (
      <EmptyState icon={IconWifiOff} title="The list is not loaded yet">
        It is loaded when the network is back.
      </EmptyState>
    );
  }
  return (
    <Box aria-busy={isPlaceholderData} opacity={isPlaceholderData ? 0.6 : 1}>
      {error && !isFetchNextPageError && (
        <ErrorState error={error} title="The list may be out of date" onRetry={retry} />
      )}
      {items.length === 0 ? empty : children(items)}
      <LoadMore pages={pages} pageSize={pageSize} onPageSize={onPageSize} focusOn={focusOn} />
    </Box>
  );
}

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
