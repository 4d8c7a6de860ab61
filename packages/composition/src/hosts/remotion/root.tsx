import { durationInFrames, VIDEO_FORMAT } from '@defrag/core';
import type { ReactElement } from 'react';
import { Composition } from 'remotion';
import { COMPOSITION_ID } from './composition-id.ts';
import { DefragVideo } from './defrag-video.tsx';
import { DefragVideoPropsSchema } from './schema.ts';

/** Root that Remotion registers: one composition, with its length from `duration_ms`. */
export function DefragVideoRoot(): ReactElement {
  return (
    <Composition
      id={COMPOSITION_ID}
      component={DefragVideo}
      schema={DefragVideoPropsSchema}
      width={VIDEO_FORMAT.width}
      height={VIDEO_FORMAT.height}
      fps={VIDEO_FORMAT.fps}
      durationInFrames={durationInFrames(VIDEO_FORMAT.defaultDurationMs)}
      defaultProps={{
        friction_score: 50,
        pressure_score: 50,
        seed: '',
        duration_ms: VIDEO_FORMAT.defaultDurationMs,
      }}
      calculateMetadata={({ props }) => ({ durationInFrames: durationInFrames(props.duration_ms) })}
    />
  );
}
