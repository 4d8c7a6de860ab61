import { Box, List, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { Warning } from '../../ui/warning.tsx';
import type { Refusal } from './use-render-many.ts';

/** Which renders were refused, and why; until it is closed. */
export function Refusals({
  refusals,
  onClose,
}: {
  readonly refusals: readonly Refusal[];
  onClose(): void;
}): ReactElement | null {
  if (refusals.length === 0) return null;
  const count = refusals.length === 1 ? '1 render was' : `${refusals.length} renders were`;
  return (
    <Box mb="md">
      <Warning title={`${count} refused`} onClose={onClose}>
        <List size="sm" spacing={4}>
          {refusals.map(({ friction_id, error_code, error_message }) => (
            <List.Item key={friction_id}>
              <Text span className="number" size="sm">
                {friction_id}
              </Text>
              : {error_message}{' '}
              <Text span className="label">
                {error_code}
              </Text>
            </List.Item>
          ))}
        </List>
      </Warning>
    </Box>
  );
}
