import { Button } from '@mantine/core';
import type { ReactElement } from 'react';

/**
 * Does something to what is selected, and says to how many. With nothing selected it does nothing, but keeps the focus: it would
 * be lost with the selection.
 *
 * @param props.count how many things it would be done to
 */
export function BulkButton({
  label,
  count,
  isMain = false,
  isPending = false,
  onClick,
}: {
  readonly label: string;
  readonly count: number;
  /** Whether this is what the list is there for. (Default: false) */
  readonly isMain?: boolean;
  readonly isPending?: boolean;
  onClick(): void;
}): ReactElement {
  const isIdle = count === 0 || isPending;
  return (
    <Button
      size="xs"
      className="number"
      variant={isMain ? 'filled' : 'default'}
      data-disabled={isIdle}
      aria-disabled={isIdle}
      aria-busy={isPending}
      onClick={() => {
        if (!isIdle) onClick();
      }}
    >
      {count > 0 ? `${label} ${count}` : label}
    </Button>
  );
}
