import { Group, NumberInput, Slider, Stack, Text } from '@mantine/core';
import { useState } from 'react';

interface InputSliderProps {
  readonly label: string;
  readonly unit?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Change per arrow key. (Default: 1) */
  readonly step?: number;
  /** Decimal places. (Default: 0) */
  readonly digits?: number;
  readonly colour?: string;
  onChange(value: number): void;
}

export function InputSlider(props: InputSliderProps) {
  const { label, unit, value, min, max, step = 1, digits = 0, colour, onChange } = props;
  // The field may be empty while the last number stays in effect.
  const [isEmpty, setEmpty] = useState(false);
  return (
    <Stack gap={4}>
      <Group justify="space-between" wrap="nowrap">
        <Text className="label">{label}</Text>
        <NumberInput
          aria-label={unit === undefined ? `${label} as a number` : `${label} in ${unit}`}
          size="xs"
          w={88}
          classNames={{ input: 'number' }}
          {...{ min, max, step }}
          allowDecimal={digits > 0}
          decimalScale={digits}
          clampBehavior="strict"
          value={isEmpty ? '' : value}
          onChange={(typed) => {
            setEmpty(typeof typed !== 'number');
            if (typeof typed === 'number') onChange(typed);
          }}
          onBlur={() => setEmpty(false)}
        />
      </Group>
      <Slider
        {...{ min, max, step, value, onChange }}
        label={null}
        size={2}
        thumbSize={18}
        thumbLabel={label}
        {...(unit !== undefined && { thumbValueText: (shown: number) => `${shown} ${unit}` })}
        {...(colour !== undefined && { color: colour })}
      />
    </Stack>
  );
}
