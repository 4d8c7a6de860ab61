import type { Video } from '@defrag/client';
import { List, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { formatBytes } from '../../format/format.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useVideoAction } from './use-video-action.ts';
import { nameOf } from './video-name.ts';

/**
 * Asks before videos are deleted, and says what goes with them.
 *
 * @param props.videos what is to be deleted; none: nothing is asked
 * @param props.onDeleted called when they are gone, but for those that the API refused to delete
 */
export function DeleteDialog({
  videos,
  onClose,
  onDeleted,
}: {
  readonly videos: readonly Video[];
  onClose(): void;
  onDeleted(): void;
}): ReactElement {
  const remove = useVideoAction('delete');
  const [first] = videos;
  const bytes = videos.reduce((sum, { size_bytes }) => sum + (size_bytes ?? 0), 0);
  const isOne = videos.length === 1;
  return (
    <ConfirmDialog
      opened={first !== undefined}
      title={isOne ? `Delete ${nameOf(first?.hash ?? '')}?` : `Delete ${videos.length} videos?`}
      confirmLabel={isOne ? 'Delete the video' : `Delete ${videos.length} videos`}
      cancelLabel="Keep"
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
        This goes, and does not come back:
        <List size="sm" spacing={4}>
          <List.Item>
            {isOne ? 'the file' : 'the files'} in the store
            {bytes > 0 && <span className="number"> ({formatBytes(bytes)})</span>}
          </List.Item>
          <List.Item>{isOne ? 'its rows' : 'their rows'} in the cache, public and private</List.Item>
          <List.Item>the history of {isOne ? 'its' : 'their'} renders</List.Item>
        </List>
        <Text size="sm" c="dimmed">
          The friction events stay, and the same videos can be rendered again. Browsers that have a file keep
          it.
        </Text>
      </Stack>
    </ConfirmDialog>
  );
}
