import { Button, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { codeOf, textOf } from '../api/error-text.ts';
import { Warning } from './warning.tsx';

/** In the place of what could not be had: why, with the API's code, and a way to try again. */
export function ErrorState({
  error,
  title = 'This could not be loaded',
  onRetry,
}: {
  readonly error: unknown;
  readonly title?: string;
  readonly onRetry?: (() => void) | undefined;
}): ReactElement {
  return (
    <Warning title={title}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{textOf(error)}</Text>
        <Text className="label" component="span">
          {codeOf(error)}
        </Text>
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </Warning>
  );
}
