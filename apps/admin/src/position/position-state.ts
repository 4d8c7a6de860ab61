import { continuumStage } from '@defrag/core';

/** Text that the sliders announce for a position of 0..1, such as "50 %, awareness". */
export function positionText(position: number): string {
  return `${Math.round(position * 100)} %, ${continuumStage(position)}`;
}

/** Capitalised stage of the continuum at a position of 0..1. */
export function positionState(position: number): string {
  const stage = continuumStage(position);
  return `${stage.charAt(0).toUpperCase()}${stage.slice(1)}`;
}
