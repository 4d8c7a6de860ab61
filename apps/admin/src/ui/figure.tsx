import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface FigureProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
}

export function Figure({ label, value, note }: FigureProps) {
  return (
    <Labelled label={label}>
      <Text className="number" size="lg" component="div" lh={1.4}>
        {value}
      </Text>
      {note !== undefined && (
        <Text size="xs" c="dimmed" component="div">
          {note}
        </Text>
      )}
    </Labelled>
  );
}

export function Labelled({ label, children }: { readonly label: ReactNode; readonly children: ReactNode }) {
  return (
    <Stack gap={2}>
      <Text className="label" component="div">
        {label}
      </Text>
      {children}
    </Stack>
  );
}

export function SmallFigure({ label, value }: { readonly label: string; readonly value: string | number }) {
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
