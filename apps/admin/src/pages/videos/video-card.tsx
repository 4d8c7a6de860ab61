import type { Video } from '@defrag/api/client';
import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { SelectBox } from '../../lists/select-boxes.tsx';
import type { ListSelection } from '../../lists/use-selection.ts';
import { CodeText } from '../../ui/code-text.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { VideoThumbnail } from './thumbnail/video-thumbnail.tsx';
import { useVideoAction } from './use-video-action.ts';
import { VideoFacts } from './video-facts.tsx';
import { VideoMenu } from './video-menu.tsx';
import { nameOf, SHOWN_DIGITS } from './video-name.ts';
import { isRetryable, isUnderWay, noteOf } from './video-note.ts';

/** One video: its picture, its facts, and what can be done to it. */
export function VideoCard({
  video,
  selection,
  onDelete,
}: {
  readonly video: Video;
  readonly selection: ListSelection;
  onDelete(video: Video): void;
}): ReactElement {
  const retry = useVideoAction('retry');
  const cancel = useVideoAction('cancel');
  const { hash, status } = video;
  const note = status === 'READY' ? noteOf(video) : undefined;
  return (
    <Paper component="li" p={0} data-video={hash} tabIndex={-1}>
      <VideoThumbnail video={video} />
      <Stack gap={6} p="sm">
        <Group justify="space-between" gap="xs" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <SelectBox id={hash} label={`Select ${nameOf(hash)}`} selection={selection} />
            <CodeText value={hash} what="the hash" shownCharacters={SHOWN_DIGITS} />
          </Group>
          <StatusBadge status={status} />
        </Group>
        <VideoFacts video={video} />
        {note && (
          <Text size="xs" c={note.isFailure ? 'var(--defrag-warm)' : 'dimmed'}>
            {note.text}
          </Text>
        )}
        <Group justify="space-between" gap="xs" mih={30}>
          <Group gap="xs">
            {isRetryable(video) && (
              <Button
                size="compact-sm"
                variant="default"
                loading={retry.isPending}
                aria-label={`Retry ${nameOf(hash)}`}
                onClick={() => retry.mutate([hash])}
              >
                Retry
              </Button>
            )}
            {isUnderWay(video) && (
              <Button
                size="compact-sm"
                variant="default"
                loading={cancel.isPending}
                disabled={video.latest_job?.cancel_requested ?? false}
                aria-label={`Cancel the render of ${nameOf(hash)}`}
                onClick={() => cancel.mutate([hash])}
              >
                Cancel
              </Button>
            )}
          </Group>
          <VideoMenu video={video} onDelete={() => onDelete(video)} />
        </Group>
      </Stack>
    </Paper>
  );
}
