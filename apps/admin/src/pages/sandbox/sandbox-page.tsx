import { ScrubSlider } from '@defrag/scrubber';
import { type ReactElement, useState } from 'react';
import { MotionPreview } from '../../preview/motion-preview.tsx';
import { PageHeader } from '../../ui/page-header.tsx';

/** Any motion, live. */
export function SandboxPage(): ReactElement {
  const [position, setPosition] = useState(0);
  return (
    <>
      <PageHeader title="Sandbox" />
      <MotionPreview
        inputs={{ friction_score: 72, pressure_score: 55, seed: 'sandbox', duration_ms: 6_000 }}
        position={position}
        label="Preview of the motion"
      />
      <ScrubSlider value={position} onValueChange={setPosition} />
    </>
  );
}
