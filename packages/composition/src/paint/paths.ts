import type { CanvasKit, Path } from 'canvaskit-wasm';
import type { Polyline } from '../scene/marks.ts';

/** Builds one path from all lines. The caller deletes it. */
export function pathOf(canvasKit: CanvasKit, lines: readonly Polyline[], closed: boolean): Path {
  let points = 0;
  for (const line of lines) points += line.length / 2;
  const verbs = new Uint8Array(points + (closed ? lines.length : 0));
  const coordinates = new Float32Array(2 * points);
  let verbAt = 0;
  let coordinateAt = 0;
  for (const line of lines) {
    verbs.fill(canvasKit.LINE_VERB, verbAt, verbAt + line.length / 2);
    verbs[verbAt] = canvasKit.MOVE_VERB;
    verbAt += line.length / 2;
    if (closed) {
      verbs[verbAt] = canvasKit.CLOSE_VERB;
      verbAt += 1;
    }
    coordinates.set(line, coordinateAt);
    coordinateAt += line.length;
  }
  return canvasKit.Path.MakeFromVerbsPointsWeights(verbs, coordinates);
}
