import { Alert, Box, Group, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { formatPercent, NONE } from '../../../lib/format.ts';
import { Figure } from '../../../ui/figure.tsx';
import { type DifferenceSubject, useDifference } from './use-difference.ts';

/** By how much a difference is multiplied for the eye. */
const GAINS = ['1', '8', '32'] as const;

/** A mean above this is more than what encoding takes from the picture. */
const MOST_MEAN_SHARE = 0.02;

/** Where preview and video differ at the slider's position, and by how much. */
export function DifferencePanel({ subject }: { readonly subject: DifferenceSubject }): ReactElement {
  const difference = useDifference(subject);
  const [gain, setGain] = useState<string>('8');
  const found = difference.state === 'compared' ? difference.found : undefined;
  const isFar = found !== undefined && found.meanShare > MOST_MEAN_SHARE;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" mb="md">
      <DifferencePicture
        picture={found?.picture}
        gain={Number(gain)}
        label="Where preview and video differ"
      />
      <Stack gap="md" justify="center" align="flex-start">
        {difference.state === 'failed' && (
          <Alert
            role="alert"
            variant="outline"
            color="var(--defrag-warm)"
            title="The pictures cannot be compared"
          >
            {String(difference.error)}
          </Alert>
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
            ? 'The mean is above 2 %: the video does not show what the preview draws.'
            : 'Of the full range of a colour channel, over every pixel of the full picture. Encoding softens thin lines: single pixels differ by much, the mean by little. It must be at most 2 %.'}
        </Text>
        <Stack gap={4}>
          <Text className="label" component="span" id="gain-label">
            Shown brighter
          </Text>
          <SegmentedControl
            size="xs"
            aria-labelledby="gain-label"
            value={gain}
            onChange={setGain}
            data={GAINS.map((value) => ({ value, label: value === '1' ? 'As it is' : `${value} times` }))}
          />
        </Stack>
      </Stack>
    </SimpleGrid>
  );
}

/**
 * Shows where two pictures differ. It takes the bitmap over.
 *
 * @param props.gain by how much each difference is multiplied for the eye
 */
export function DifferencePicture({
  picture,
  gain,
  label,
}: {
  readonly picture: ImageBitmap | undefined;
  readonly gain: number;
  readonly label: string;
}): ReactElement {
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
