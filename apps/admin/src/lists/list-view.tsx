import { Box } from '@mantine/core';
import { IconWifiOff } from '@tabler/icons-react';
import type { ReactElement, ReactNode } from 'react';
import type { Pages } from '../api/use-pages.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { LoadMore, type PageSize, USUAL_PAGE_SIZE } from './load-more.tsx';

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
