import { RENDERER_VERSION, videoInputs } from '@defrag/core';
import { Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { CodeText } from '../../ui/code-text.tsx';
import type { SandboxInputs } from './use-sandbox-inputs.ts';

/** What a video of these inputs would be known by: the text that is hashed, and its hash. */
export function MotionIdentity({ inputs }: { readonly inputs: SandboxInputs }): ReactElement {
  const exact = videoInputs({
    frictionScore: inputs.friction_score,
    pressureScore: inputs.pressure_score,
    seed: inputs.seed,
    durationMs: inputs.duration_ms,
  });
  return (
    <Stack gap="md" component="section" aria-label="Identity of the motion">
      <Stack gap={4}>
        <Text className="label">Canonical inputs</Text>
        <CodeText value={exact.canonical} what="the canonical inputs" />
      </Stack>
      <Stack gap={4}>
        <Text className="label">Video hash under {RENDERER_VERSION}</Text>
        <CodeText value={exact.hash} what="the video hash" />
      </Stack>
    </Stack>
  );
}
