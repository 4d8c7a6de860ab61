import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactElement, ReactNode } from 'react';

/**
 * Says what went wrong, and says it at once to those who listen.
 *
 * @param props.onClose lets it be closed. (Default: it stays)
 */
export function Warning({
  title,
  children,
  onClose,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly onClose?: (() => void) | undefined;
}): ReactElement {
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
