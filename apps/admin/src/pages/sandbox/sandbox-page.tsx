import './sandbox.css';
import { durationInFrames } from '@defrag/core';
import { Grid, SegmentedControl, Stack } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { MotionPreview } from '../../motion/motion-preview.tsx';
import { PositionBar } from '../../motion/position-bar.tsx';
import { useFrameClock } from '../../motion/use-frame-clock.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ExportButton } from './export-button.tsx';
import { MotionControls, MotionIdentity } from './motion-controls.tsx';
import { type SandboxInputs, useSandboxInputs } from './sandbox-inputs.ts';
import { ScoreGrid, useDrawnWidth } from './score-grid.tsx';

const route = getRouteApi('/signed-in/sandbox');

const VIEWS = [
  { value: 'single', label: 'Single motion' },
  { value: 'grid', label: 'Score grid' },
] satisfies { value: SandboxInputs['view']; label: string }[];

/** Shows any motion live in the browser. Nothing is sent to the server. */
export function SandboxPage() {
  const [inputs, change] = useSandboxInputs();
  const navigate = route.useNavigate();
  const drawnWidth = useDrawnWidth();
  const prefersStill = useReducedMotion(false, { getInitialValueInEffect: false });
  const [isPlaying, setPlaying] = useState(inputs.position === undefined && !prefersStill);
  const loop = useLoop(isPlaying, inputs.duration_ms);
  const position = isPlaying ? loop.position : (inputs.position ?? 0);

  const play = (isWanted: boolean) => {
    if (isWanted) loop.setPosition(position === 1 ? 0 : position);
    change({ position: isWanted ? undefined : shortened(position) });
    setPlaying(isWanted);
  };
  const scrub = (wanted: number) => {
    setPlaying(false);
    change({ position: shortened(wanted) });
  };
  return (
    <>
      <PageHeader
        title="Sandbox"
        description="Try any motion live. Settings are saved in the URL."
        actions={
          <SegmentedControl
            aria-label="View"
            data={VIEWS}
            value={inputs.view}
            onChange={(view: SandboxInputs['view']) =>
              void navigate({ search: (before) => ({ ...before, view }) })
            }
          />
        }
      />
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, lg: 9 }} className="motion-stage" data-view={inputs.view}>
          <Stack gap="xs">
            {inputs.view === 'grid' ? (
              <ScoreGrid inputs={inputs} position={position} />
            ) : (
              <MotionPreview
                inputs={inputs}
                position={position}
                drawnWidth={drawnWidth}
                label={`Friction ${inputs.friction_score}, pressure ${inputs.pressure_score}`}
              />
            )}
            <PositionBar
              position={position}
              frames={durationInFrames(inputs.duration_ms)}
              isPlaying={isPlaying}
              className="sandbox-position"
              onPlayingChange={play}
              onPositionChange={scrub}
            />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 3 }}>
          <Stack gap="xl">
            <MotionControls inputs={inputs} onChange={change} />
            {inputs.view === 'single' && (
              <>
                <ExportButton inputs={inputs} position={position} />
                <MotionIdentity inputs={inputs} />
              </>
            )}
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}

/** Rounds for the URL, but precisely enough to stay on a frame. */
function shortened(position: number): number {
  return Math.round(position * 1e6) / 1e6;
}

/** Milliseconds for which the last frame is held before the motion restarts. */
const REST_MS = 700;

function useLoop(isPlaying: boolean, durationMs: number) {
  /** Time since the start as a share of the duration; above 1 the last frame is held. */
  const [elapsed, setElapsed] = useState(0);
  useFrameClock(isPlaying, (passedMs) => {
    const next = elapsed + passedMs / durationMs;
    setElapsed(next > 1 + REST_MS / durationMs ? 0 : next);
  });
  return { position: Math.min(elapsed, 1), setPosition: setElapsed };
}
