import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Asks for confirmation. The cancel button has the focus. */
export function ConfirmDialog({
  opened,
  title,
  children,
  confirmLabel,
  cancelLabel,
  isDestructive = false,
  isPending,
  onConfirm,
  onClose,
}: {
  readonly opened: boolean;
  readonly title: string;
  readonly children: ReactNode;
  readonly confirmLabel: string;
  readonly cancelLabel: string;
  readonly isDestructive?: boolean;
  readonly isPending: boolean;
  onConfirm(): void;
  onClose(): void;
}) {
  return (
    // Built from parts: `Modal` renders a second <header> on the page. No transition: the subject may be gone while it
    // fades.
    <Modal.Root opened={opened} onClose={onClose} centered transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body p="lg">
          <Stack>
            <Modal.Title>{title}</Modal.Title>
            <Text size="sm" component="div">
              {children}
            </Text>
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose} data-autofocus>
                {cancelLabel}
              </Button>
              <Button
                {...(isDestructive && { variant: 'outline', color: 'var(--defrag-warm)' })}
                loading={isPending}
                onClick={onConfirm}
              >
                {confirmLabel}
              </Button>
            </Group>
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
