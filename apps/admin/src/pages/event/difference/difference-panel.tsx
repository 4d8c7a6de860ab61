import { Box, Group, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { formatPercent, NONE } from '../../../lib/format.ts';
import { Warning } from '../../../ui/error-state.tsx';
import { Figure } from '../../../ui/figure.tsx';
import { type DifferenceSubject, useDifference } from './use-difference.ts';

/** Factors by which the difference can be amplified. */
const GAINS = ['1', '8', '32'] as const;

/** Compression alone stays below this mean. */
const MOST_MEAN_SHARE = 0.02;

/** Shows where preview and video differ at the current position, and by how much. */
export function DifferencePanel({ subject }: { readonly subject: DifferenceSubject }) {
  const difference = useDifference(subject);
  const [gain, setGain] = useState<string>('8');
  const found = difference.state === 'compared' ? difference.found : undefined;
  const isFar = found !== undefined && found.meanShare > MOST_MEAN_SHARE;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" mb="md">
      <DifferencePicture
        picture={found?.picture}
        gain={Number(gain)}
        label="Difference between preview and video"
      />
      <Stack gap="md" justify="center" align="flex-start">
        {difference.state === 'failed' && (
          <Warning title="Could not compare the pictures">{String(difference.error)}</Warning>
        )}
        <Group
          gap="xl"
          data-testid="difference"
          data-frame={difference.state === 'compared' ? difference.frame : ''}
        >
          <Figure
            label="Mean"
            value={<span data-measure="mean">{found ? formatPercent(found.meanShare, 3) : NONE}</span>}
          />
          <Figure
            label="Maximum"
            value={<span data-measure="max">{found ? formatPercent(found.maxShare, 1) : NONE}</span>}
          />
          <Figure label="Frame" value={difference.state === 'compared' ? difference.frame : NONE} />
        </Group>
        <Text size="sm" c={isFar ? 'var(--defrag-warm)' : 'dimmed'} role="status">
          {isFar
            ? 'The mean is above 2 %: the video does not match the preview.'
            : 'Relative to the full range of a colour channel, over all pixels. Compression blurs thin lines, so a few pixels can differ a lot. The mean should stay below 2 %.'}
        </Text>
        <Stack gap={4}>
          <Text className="label" component="span" id="gain-label">
            Amplify
          </Text>
          <SegmentedControl
            size="xs"
            aria-labelledby="gain-label"
            value={gain}
            onChange={setGain}
            data={GAINS.map((value) => ({ value, label: `${value}×` }))}
          />
        </Stack>
      </Stack>
    </SimpleGrid>
  );
}

/** Shows the difference, amplified by `gain`. Takes ownership of the bitmap. */
function DifferencePicture({
  picture,
  gain,
  label,
}: {
  readonly picture: ImageBitmap | undefined;
  readonly gain: number;
  readonly label: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvas.current || !picture || picture.width === 0) return;
    canvas.current.width = picture.width;
    canvas.current.height = picture.height;
    canvas.current.getContext('bitmaprenderer')?.transferFromImageBitmap(picture);
  }, [picture]);
  return (
    <Box bg="#000" style={{ aspectRatio: '16 / 9' }}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        style={{ display: 'block', width: '100%', filter: gain === 1 ? undefined : `brightness(${gain})` }}
      />
    </Box>
  );
}
