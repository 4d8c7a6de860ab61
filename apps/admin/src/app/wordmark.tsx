import { Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

/** The circle, the boundary and the square of the pictures, and the name. */
export function Wordmark(): ReactElement {
  return (
    <Link
      to="/events"
      aria-label="Defrag Video, friction events"
      style={{ color: 'inherit', textDecoration: 'none' }}
    >
      <Group gap="xs" wrap="nowrap">
        <svg
          width="36"
          height="20"
          viewBox="0 0 36 20"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          aria-hidden
        >
          <circle cx="9" cy="10" r="6.5" />
          <path d="M18 1v18" stroke="var(--defrag-cool)" />
          <rect x="21.5" y="3.5" width="13" height="13" />
        </svg>
        <Text ff="monospace" fz="sm" fw={500} style={{ letterSpacing: '0.04em', whiteSpace: 'nowrap' }}>
          DEFRAG VIDEO
        </Text>
      </Group>
    </Link>
  );
}
