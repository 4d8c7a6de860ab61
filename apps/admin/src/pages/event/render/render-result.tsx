import type { VideoDetail } from '@defrag/client';
import { ActionIcon, Group, SimpleGrid, Stack, Text, Tooltip } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { formatBytes, formatDateTime, formatDuration, NONE } from '../../../format/format.ts';
import { CodeText } from '../../../ui/code-text.tsx';
import { DigestText } from '../../../ui/digest-text.tsx';
import { Figure, SmallFigure } from '../../../ui/figure.tsx';
import { DETERMINISM_TEXT } from './render-state.ts';

const VERDICT_COLOURS = {
  UNVERIFIED: 'var(--mantine-color-text)',
  IDENTICAL: 'var(--defrag-cool)',
  DIFFERENT: 'var(--defrag-warm)',
} as const;

/** The stored file: where it is, what made it, and whether it comes out the same again. */
export function RenderResult({
  video,
  url,
}: {
  readonly video: VideoDetail;
  readonly url: string;
}): ReactElement {
  const { determinism } = video;
  return (
    <Stack gap="md">
      <Stack gap={2}>
        <Text className="label" component="div">
          URL
        </Text>
        <Group gap={4} wrap="nowrap" align="center">
          <CodeText value={url} what="the URL" />
          <Tooltip label="Open the video">
            <ActionIcon
              component="a"
              href={url}
              target="_blank"
              rel="noreferrer"
              variant="subtle"
              color="gray"
              size="sm"
              aria-label="Open the video"
            >
              <IconExternalLink size={14} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Stack>
      <SimpleGrid cols={{ base: 2, sm: 4, md: 2, xl: 4 }} spacing="md">
        <Figure label="Size" value={formatBytes(video.size_bytes)} />
        <Figure label="Render time" value={formatDuration(video.render_duration_ms)} />
        <Figure label="Engine" value={video.engine ?? NONE} />
        <SmallFigure label="Rendered at" value={formatDateTime(video.rendered_at)} />
      </SimpleGrid>
      {video.content_sha256 !== null && (
        <Stack gap={2}>
          <Text className="label" component="div">
            Content digest, SHA-256
          </Text>
          <DigestText value={video.content_sha256} what="the content digest" />
        </Stack>
      )}
      <Figure
        label="Determinism"
        value={
          <Text inherit component="span" c={VERDICT_COLOURS[determinism]} data-testid="determinism">
            {determinism}
          </Text>
        }
        note={DETERMINISM_TEXT[determinism]}
      />
    </Stack>
  );
}
