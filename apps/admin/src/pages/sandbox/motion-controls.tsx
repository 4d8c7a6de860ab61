import { RENDERER_VERSION, VIDEO_FORMAT } from '@defrag/core';
import { Stack, Text, TextInput } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { CodeText } from '../../ui/code-text.tsx';
import { Labelled } from '../../ui/figure.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { identityOf } from './identity.ts';
import { InputSlider } from './input-slider.tsx';
import { MAX_SEED_LENGTH, type SandboxInputs, type SandboxSearch } from './sandbox-inputs.ts';

interface MotionControlsProps {
  readonly inputs: SandboxInputs;
  onChange(change: SandboxSearch): void;
}

/** The inputs of a motion. In the grid, the cells have their own scores. */
export function MotionControls({ inputs, onChange }: MotionControlsProps) {
  return (
    <Stack gap="lg">
      {inputs.view === 'single' && (
        <>
          <InputSlider
            label="Friction"
            value={inputs.friction_score}
            min={0}
            max={100}
            colour="var(--defrag-warm)"
            onChange={(friction_score) => onChange({ friction_score })}
          />
          <InputSlider
            label="Pressure"
            value={inputs.pressure_score}
            min={0}
            max={100}
            onChange={(pressure_score) => onChange({ pressure_score })}
          />
        </>
      )}
      <InputSlider
        label="Duration"
        unit="seconds"
        value={inputs.duration_ms / 1_000}
        min={VIDEO_FORMAT.minDurationMs / 1_000}
        max={VIDEO_FORMAT.maxDurationMs / 1_000}
        step={0.5}
        digits={3}
        onChange={(seconds) => onChange({ duration_ms: Math.round(seconds * 1_000) })}
      />
      <TextInput
        label={<Text className="label">Seed</Text>}
        description="Any text. An event's seed is its provenance hash."
        inputWrapperOrder={['label', 'input', 'description']}
        classNames={{ input: 'number' }}
        maxLength={MAX_SEED_LENGTH}
        spellCheck={false}
        autoComplete="off"
        value={inputs.seed}
        onChange={({ currentTarget }) => onChange({ seed: currentTarget.value })}
        rightSection={
          <IconButton label="New seed" onClick={() => onChange({ seed: crypto.randomUUID() })}>
            <IconRefresh size={16} />
          </IconButton>
        }
      />
    </Stack>
  );
}

export function MotionIdentity({ inputs }: { readonly inputs: SandboxInputs }) {
  const exact = identityOf(inputs);
  return (
    <Stack gap="md" component="section" aria-label="Video identity">
      <Labelled label="Canonical inputs">
        <CodeText value={exact.canonical} what="the canonical inputs" />
      </Labelled>
      <Labelled label={`Video hash for ${RENDERER_VERSION}`}>
        <CodeText value={exact.hash} what="the video hash" />
      </Labelled>
    </Stack>
  );
}
