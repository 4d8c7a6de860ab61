import { deriveMotion, frameProgress, type MotionProfile } from '@defrag/core';

/** Number of frames in the golden videos. */
const FRAMES = 180;

export const GOLDEN_SIZE = { width: 1920, height: 1080 } as const;

/** Golden frames of each event: both ends, the middle, and during contact, rings and glow. */
const GOLDEN_FRAMES = [0, 30, 60, 90, 112, 150, 179] as const;

/** Events that span the scores. */
const GOLDEN_EVENTS = [
  { frictionScore: 0, pressureScore: 0, seed: '' },
  { frictionScore: 12, pressureScore: 10, seed: 'golden' },
  { frictionScore: 50, pressureScore: 50, seed: '9f86d081884c7d65' },
  { frictionScore: 0, pressureScore: 100, seed: 'golden' },
  { frictionScore: 100, pressureScore: 0, seed: 'ff00' },
  { frictionScore: 93, pressureScore: 90, seed: 'golden' },
] as const;

/** A frame with pinned pixels. */
export type GoldenFrame = {
  /** Scores, seed and frame: the key of the digest. */
  name: string;
  inputs: (typeof GOLDEN_EVENTS)[number];
  frame: number;
  frames: number;
  profile: MotionProfile;
  progress: number;
};

/** All frames with pinned pixels, ordered by event and time. */
export function goldenFrames(): GoldenFrame[] {
  return GOLDEN_EVENTS.flatMap((inputs) => {
    const profile = deriveMotion(inputs, inputs.seed);
    return GOLDEN_FRAMES.map((frame) => ({
      name: `${inputs.frictionScore}/${inputs.pressureScore} ${inputs.seed} #${frame}`,
      inputs,
      frame,
      frames: FRAMES,
      profile,
      progress: frameProgress(frame, FRAMES),
    }));
  });
}
