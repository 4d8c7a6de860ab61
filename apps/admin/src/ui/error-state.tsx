import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { codeOf, textOf } from '../api/error-text.ts';

interface ErrorStateProps {
  readonly error: unknown;
  readonly title?: string;
  readonly onRetry?: (() => void) | undefined;
}

/** Says why something could not be loaded, with the API's error code and a retry button. */
export function ErrorState({ error, title = 'Could not load this', onRetry }: ErrorStateProps) {
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

interface WarningProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly onClose?: (() => void) | undefined;
}

export function Warning({ title, children, onClose }: WarningProps) {
  return (
    <Alert
      role="alert"
      variant="outline"
      color="var(--defrag-warm)"
      icon={<IconAlertTriangle />}
      title={title}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      {...(onClose && { withCloseButton: true, closeButtonLabel: 'Close', onClose })}
    >
      {children}
    </Alert>
  );
}
