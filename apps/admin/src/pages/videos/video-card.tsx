import type { Video } from '@defrag/client';
import { Box, Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { SelectBox } from '../../lists/select-boxes.tsx';
import type { ListSelection } from '../../lists/use-selection.ts';
import { CodeText } from '../../ui/code-text.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { VideoThumbnail } from './thumbnail/video-thumbnail.tsx';
import { VideoButtons } from './video-buttons.tsx';
import { VideoFacts } from './video-facts.tsx';
import { VideoMenu } from './video-menu.tsx';
import { nameOf, SHOWN_DIGITS } from './video-name.ts';
import { noteOf } from './video-note.ts';

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
  const { hash, status } = video;
  // Of a video without a file it is said in the place of the picture.
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
        <Group justify="space-between" align="flex-end" gap="xs" wrap="nowrap">
          <Box miw={0}>
            <VideoFacts video={video} />
          </Box>
          <Group gap={4} wrap="nowrap" flex="none">
            <VideoButtons video={video} />
            <VideoMenu video={video} onDelete={() => onDelete(video)} />
          </Group>
        </Group>
        {note && (
          <Text size="xs" c={note.isFailure ? 'var(--defrag-warm)' : 'dimmed'}>
            {note.text}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
