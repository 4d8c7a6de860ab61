/** The states that the picture goes through, each over a third of the way. */
const STATES = ['Tension', 'Awareness', 'Stable boundary'] as const;

/** The name of the state that the picture is in at a position 0..1; the scrubber says the same to those who listen. */
export function positionState(position: number): (typeof STATES)[number] {
  return STATES[Math.min(STATES.length - 1, Math.floor(position * STATES.length))] ?? STATES[0];
}
