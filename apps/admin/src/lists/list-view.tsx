import { Box, Button, Group, NativeSelect } from '@mantine/core';
import { IconFilterOff, IconWifiOff } from '@tabler/icons-react';
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react';
import type { Pages } from '../api/use-pages.ts';
import { PAGE_SIZES } from '../lib/search.ts';
import { EmptyState, type EmptyStateProps } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';

interface ListViewProps<Item> {
  readonly pages: Pages<Item>;
  readonly pageSize: PageSize | undefined;
  onPageSize(pageSize: PageSize): void;
  readonly skeleton: ReactNode;
  readonly empty: ReactNode;
  children(items: readonly Item[]): ReactNode;
  focusOn(index: number): void;
}

/** A list with its loading, error, offline and empty states, and the button for the next page. */
export function ListView<Item>({ skeleton, empty, children, ...next }: ListViewProps<Item>) {
  const { pages } = next;
  const { items, error, isFetchNextPageError, isPaused, isPlaceholderData } = pages;
  const retry = () => void pages.refetch();
  if (items === undefined) {
    if (error) return <ErrorState error={error} title="Could not load the list" onRetry={retry} />;
    if (!isPaused) return <>{skeleton}</>;
    return (
      <EmptyState icon={IconWifiOff} title="The list is not loaded">
        It loads when you are back online.
      </EmptyState>
    );
  }
  return (
    <Box aria-busy={isPlaceholderData} opacity={isPlaceholderData ? 0.6 : 1}>
      {error && !isFetchNextPageError && (
        <ErrorState error={error} title="This list may be out of date" onRetry={retry} />
      )}
      {items.length === 0 ? empty : children(items)}
      <LoadMore {...next} />
    </Box>
  );
}

interface EmptyListProps {
  readonly noun: string;
  readonly icon: EmptyStateProps['icon'];
  readonly hint: string;
  readonly isFiltered: boolean;
  onClear(): void;
}

/** Tells an empty list from one whose filters match nothing. `noun` is what the list holds, such as `events`. */
export function EmptyList({ noun, icon, hint, isFiltered, onClear }: EmptyListProps) {
  if (!isFiltered) {
    return (
      <EmptyState icon={icon} title={`No ${noun} yet`}>
        {hint}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={IconFilterOff} title={`No ${noun} match these filters`}>
      <Button variant="default" size="xs" onClick={onClear}>
        Show all {noun}
      </Button>
    </EmptyState>
  );
}

type PageSize = (typeof PAGE_SIZES)[number];

const USUAL_PAGE_SIZE: PageSize = 25;

type LoadMoreProps<Item> = Omit<ListViewProps<Item>, 'skeleton' | 'empty' | 'children'>;

/**
 * Loads the next page and moves the focus to its first item, so that keyboard and screen reader users continue there.
 */
function LoadMore<Item>({ pages, pageSize = USUAL_PAGE_SIZE, onPageSize, focusOn }: LoadMoreProps<Item>) {
  const { items = [], fetchNextPage, hasNextPage, isFetchingNextPage, isFetchNextPageError, error } = pages;
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
    return <ErrorState error={error} title="Could not load the next page" onRetry={load} />;
  }
  if (!hasNextPage) return null;
  return (
    <Group justify="center" gap="xs" py="md">
      <Button variant="default" loading={isFetchingNextPage} onClick={load}>
        Load more
      </Button>
      <NativeSelect
        w={144}
        aria-label="Items per page"
        value={String(pageSize)}
        data={PAGE_SIZES.map((size) => ({ value: String(size), label: `${size} per page` }))}
        onChange={({ currentTarget }) => onPageSize(Number(currentTarget.value) as PageSize)}
      />
    </Group>
  );
}
