import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

/** The id of an event, which leads to its page. */
export function EventLink({
  frictionId,
  durationMs,
}: {
  readonly frictionId: string;
  /** Length of the video that is shown there; undefined for the usual one. */
  readonly durationMs: number | undefined;
}): ReactElement {
  return (
    <Anchor
      className="number"
      size="sm"
      c="var(--mantine-color-text)"
      underline="always"
      data-event-link
      renderRoot={(props) => (
        <Link
          to="/events/$frictionId"
          params={{ frictionId }}
          search={{ duration_ms: durationMs }}
          {...props}
        />
      )}
    >
      {frictionId}
    </Anchor>
  );
}
