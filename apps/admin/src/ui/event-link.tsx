import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';

export function EventLink({
  frictionId,
  durationMs,
}: {
  readonly frictionId: string;
  /** Duration of the video shown there; undefined for the default. */
  readonly durationMs?: number | undefined;
}) {
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
