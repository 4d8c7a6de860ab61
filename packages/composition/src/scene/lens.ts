import type { Polyline } from './marks.ts';

/**
 * Overlap of two closed outlines (Sutherland-Hodgman).
 *
 * @param clip convex, clockwise on screen
 * @returns a closed outline, empty without overlap
 */
export function overlapOf(subject: Polyline, clip: Polyline): Polyline {
  let points: number[] = Array.from(subject);
  for (let edge = 0; edge < clip.length && points.length > 0; edge += 2) {
    const ax = clip[edge] as number;
    const ay = clip[edge + 1] as number;
    const bx = clip[(edge + 2) % clip.length] as number;
    const by = clip[(edge + 3) % clip.length] as number;
    const insideBy = (x: number, y: number): number => (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    const kept: number[] = [];
    let fromX = points[points.length - 2] as number;
    let fromY = points[points.length - 1] as number;
    let from = insideBy(fromX, fromY);
    for (let index = 0; index < points.length; index += 2) {
      const toX = points[index] as number;
      const toY = points[index + 1] as number;
      const to = insideBy(toX, toY);
      if (from >= 0 !== to >= 0) {
        const share = from / (from - to);
        kept.push(fromX + (toX - fromX) * share, fromY + (toY - fromY) * share);
      }
      if (to >= 0) kept.push(toX, toY);
      fromX = toX;
      fromY = toY;
      from = to;
    }
    points = kept;
  }
  return points.length >= 6 ? Float32Array.from(points) : new Float32Array(0);
}
