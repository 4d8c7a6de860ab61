import type { VideoDetail } from '@defrag/client';
import { Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { formatBytes, formatDateTime, formatDuration, NONE } from '../../../lib/format.ts';
import { CodeText, DigestText } from '../../../ui/code-text.tsx';
import { Figure, Labelled, SmallFigure } from '../../../ui/figure.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';

const VERDICTS = {
  UNVERIFIED: {
    colour: 'var(--mantine-color-text)',
    note: 'Not verified yet. Verify the render to compare it with the stored file.',
  },
  IDENTICAL: {
    colour: 'var(--defrag-cool)',
    note: 'The last verification produced exactly the stored bytes.',
  },
  DIFFERENT: {
    colour: 'var(--defrag-warm)',
    note: 'The last verification produced different bytes. The stored file was kept. Find out what changed.',
  },
} as const satisfies Record<VideoDetail['determinism'], unknown>;

/** The stored file: URL, origin and whether rendering it again gives the same bytes. */
export function RenderResult({ video, url }: { readonly video: VideoDetail; readonly url: string }) {
  const { determinism } = video;
  return (
    <Stack gap="md">
      <Labelled label="URL">
        <Group gap={4} wrap="nowrap" align="center">
          <CodeText value={url} what="the URL" />
          <IconButton label="Open the video" component="a" href={url} target="_blank" rel="noreferrer">
            <IconExternalLink size={14} />
          </IconButton>
        </Group>
      </Labelled>
      <SimpleGrid cols={{ base: 2, sm: 4, md: 2, xl: 4 }} spacing="md">
        <Figure label="Size" value={formatBytes(video.size_bytes)} />
        <Figure label="Render time" value={formatDuration(video.render_duration_ms)} />
        <Figure label="Engine" value={video.engine ?? NONE} />
        <SmallFigure label="Rendered at" value={formatDateTime(video.rendered_at)} />
      </SimpleGrid>
      {video.content_sha256 !== null && (
        <Labelled label="Content digest (SHA-256)">
          <DigestText value={video.content_sha256} what="the content digest" />
        </Labelled>
      )}
      <Figure
        label="Determinism"
        value={
          <Text inherit component="span" c={VERDICTS[determinism].colour} data-testid="determinism">
            {determinism}
          </Text>
        }
        note={VERDICTS[determinism].note}
      />
    </Stack>
  );
}
