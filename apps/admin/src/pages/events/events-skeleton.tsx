import { Skeleton, Stack } from '@mantine/core';
import type { ReactElement } from 'react';

/** As many rows as a page has in most windows. */
const ROWS = Array.from({ length: 12 }, (_, row) => row);

/** Where the list of events will be. */
export function EventsSkeleton({ rowHeight }: { readonly rowHeight: number }): ReactElement {
  return (
    <Stack gap={9} py="xs" role="status" aria-label="Loading the friction events">
      {ROWS.map((row) => (
        <Skeleton key={row} h={rowHeight} radius="sm" />
      ))}
    </Stack>
  );
}
