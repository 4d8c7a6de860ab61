import { Stack, Text } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';

/** One figure: its name small above it, and what it needs to be understood below. */
export function Figure({
  label,
  value,
  note,
}: {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
}): ReactElement {
  return (
    <Stack gap={2}>
      <Text className="label" component="div">
        {label}
      </Text>
      <Text className="number" size="lg" component="div" lh={1.4}>
        {value}
      </Text>
      {note !== undefined && (
        <Text size="xs" c="dimmed" component="div">
          {note}
        </Text>
      )}
    </Stack>
  );
}

/** A figure that is a text, too long to be written large. */
export function SmallFigure({
  label,
  value,
}: {
  readonly label: string;
  readonly value: string | number;
}): ReactElement {
  return (
    <Figure
      label={label}
      value={
        <Text size="sm" className="number">
          {value}
        </Text>
      }
    />
  );
}
