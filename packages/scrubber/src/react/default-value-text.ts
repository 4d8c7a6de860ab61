/** The states that the picture goes through, each over a third of the way. */
const STATES = ['tension', 'awareness', 'stable boundary'] as const;

/**
 * What a screen reader says of a position unless told otherwise: the percentage and the name of the state that the picture is
 * in, such as "50 %, awareness".
 *
 * @param value 0..1
 */
export function defaultValueText(value: number): string {
  return `${Math.round(value * 100)} %, ${STATES[Math.min(2, Math.floor(value * 3))]}`;
}
