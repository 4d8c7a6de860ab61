import type { Video } from '@defrag/client';
import { List, Stack, Text } from '@mantine/core';
import { formatBytes } from '../../lib/format.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useVideoAction } from './use-video-action.ts';
import { nameOf } from './video-note.ts';

/** Confirms the deletion of videos and lists what is deleted. Closed while `videos` is empty. */
export function DeleteDialog({
  videos,
  onClose,
  onDeleted,
}: {
  readonly videos: readonly Video[];
  onClose(): void;
  onDeleted(): void;
}) {
  const remove = useVideoAction('delete');
  const [first] = videos;
  const bytes = videos.reduce((sum, { size_bytes }) => sum + (size_bytes ?? 0), 0);
  const isOne = videos.length === 1;
  return (
    <ConfirmDialog
      opened={first !== undefined}
      title={isOne ? `Delete ${nameOf(first?.hash ?? '')}?` : `Delete ${videos.length} videos?`}
      confirmLabel={isOne ? 'Delete video' : `Delete ${videos.length} videos`}
      cancelLabel="Cancel"
      isDestructive
      isPending={remove.isPending}
      onConfirm={() =>
        remove.mutate(
          videos.map(({ hash }) => hash),
          { onSuccess: onDeleted },
        )
      }
      onClose={onClose}
    >
      <Stack gap="sm">
        Permanently deletes:
        <List size="sm" spacing={4}>
          <List.Item>
            {isOne ? 'the stored file' : 'the stored files'}
            {bytes > 0 && <span className="number"> ({formatBytes(bytes)})</span>}
          </List.Item>
          <List.Item>{isOne ? 'its rows' : 'their rows'} in the public and private cache tables</List.Item>
          <List.Item>{isOne ? 'its' : 'their'} render history</List.Item>
        </List>
        <Text size="sm" c="dimmed">
          The friction events are kept, and you can render the videos again. Copies cached by browsers are not
          removed.
        </Text>
      </Stack>
    </ConfirmDialog>
  );
}
