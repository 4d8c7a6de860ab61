import { Group, Input, RangeSlider, Stack, Text } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useDraft } from './filter-inputs.tsx';

/** Lowest and highest score; undefined at the end of the scale. */
type ScoreBounds = readonly [least: number | undefined, greatest: number | undefined];

const SCALE = [0, 100] as const;

/** Keys that Mantine's slider does not handle; it handles the arrow keys. */
const KEY_STEPS: Readonly<Record<string, number>> = { Home: -100, End: 100, PageDown: -10, PageUp: 10 };

interface RangeInputProps {
  readonly label: string;
  readonly value: ScoreBounds;
  onChange(bounds: ScoreBounds): void;
}

export function RangeInput({
  label,
  value: [least = SCALE[0], greatest = SCALE[1]],
  onChange,
}: RangeInputProps) {
  const [[from, to], setDraft] = useDraft<readonly [number, number]>([least, greatest], ([from, to]) =>
    onChange([from === SCALE[0] ? undefined : from, to === SCALE[1] ? undefined : to]),
  );
  const fromLabel = `${label}, minimum`;
  const moveByKey = (event: KeyboardEvent<HTMLElement>) => {
    const step = KEY_STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const isFrom = (event.target as HTMLElement).getAttribute('aria-label') === fromLabel;
    const next = Math.min(SCALE[1], Math.max(SCALE[0], (isFrom ? from : to) + step));
    setDraft(isFrom ? [next, Math.max(next, to)] : [Math.min(from, next), next]);
  };
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap">
        <Input.Label labelElement="div">{label}</Input.Label>
        <Text size="sm" className="number" component="span">
          {from}–{to}
        </Text>
      </Group>
      <RangeSlider
        value={[from, to]}
        onChange={setDraft}
        onKeyDown={moveByKey}
        min={SCALE[0]}
        max={SCALE[1]}
        minRange={0}
        label={null}
        size={2}
        thumbSize={16}
        py={10}
        mx={8}
        thumbFromLabel={fromLabel}
        thumbToLabel={`${label}, maximum`}
      />
    </Stack>
  );
}
