import type { Video } from '@defrag/client';
import { Box, Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatAgo, formatBytes, formatDateTime, formatDuration, NONE } from '../../lib/format.ts';
import { SelectBox } from '../../lists/list-bar.tsx';
import type { ListSelection } from '../../lists/selection.ts';
import { CodeText } from '../../ui/code-text.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { VideoThumbnail } from './thumbnail/video-thumbnail.tsx';
import { VideoButtons, VideoMenu } from './video-actions.tsx';
import { nameOf, noteOf, SHOWN_DIGITS } from './video-note.ts';

export function VideoCard({
  video,
  selection,
  onDelete,
}: {
  readonly video: Video;
  readonly selection: ListSelection;
  onDelete(video: Video): void;
}) {
  const { hash, status } = video;
  // Videos without a file show their note in place of the picture.
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

/** Always three lines, so that all cards have the same height. */
function VideoFacts({ video }: { readonly video: Video }) {
  const { duration_ms, duration_seconds, friction_score, pressure_score } = video;
  const durationMs = duration_ms ?? (duration_seconds === null ? null : duration_seconds * 1_000);
  return (
    <div>
      <Line>
        friction {friction_score ?? NONE} · pressure {pressure_score ?? NONE}
      </Line>
      <Line>
        {formatDuration(durationMs)} · {formatBytes(video.size_bytes)} · {video.renderer_version ?? NONE}
      </Line>
      <Text size="xs" c="dimmed" truncate title={formatDateTime(video.rendered_at ?? video.created_at)}>
        {video.rendered_at === null
          ? `requested ${formatAgo(video.created_at)}`
          : `rendered ${formatAgo(video.rendered_at)} in ${formatDuration(video.render_duration_ms)}${video.engine === null ? '' : ` (${video.engine})`}`}
      </Text>
    </div>
  );
}

function Line({ children }: { readonly children: ReactNode }) {
  return (
    <Text size="xs" c="dimmed" className="number" truncate>
      {children}
    </Text>
  );
}
