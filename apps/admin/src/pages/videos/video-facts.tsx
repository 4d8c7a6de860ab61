import type { Video } from '@defrag/client';
import { Text } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { formatAgo, formatBytes, formatDateTime, formatDuration, NONE } from '../../format/format.ts';

/** What a video shows, how large it is, and what made it: always three lines, so that cards are of one height. */
export function VideoFacts({ video }: { readonly video: Video }): ReactElement {
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
          ? `asked for ${formatAgo(video.created_at)}`
          : `${video.engine ?? 'rendered'} ${formatAgo(video.rendered_at)}, in ${formatDuration(video.render_duration_ms)}`}
      </Text>
    </div>
  );
}

function Line({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <Text size="xs" c="dimmed" className="number" truncate>
      {children}
    </Text>
  );
}
