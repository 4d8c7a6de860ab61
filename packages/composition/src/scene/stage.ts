/** The picture all scene coordinates refer to, in pixels; other sizes scale it. */
export const STAGE = {
  width: 1920,
  height: 1080,
  centreX: 960,
  centreY: 540,
} as const;

/** Radius of the circle (the left system), in pixels. */
export const CIRCLE_RADIUS = 240;
/** Half a side of the square (the right system): its area is that of the circle. */
export const SQUARE_HALF_SIDE = 213;

/** The boundary: a vertical line in the middle of the stage. */
export const BOUNDARY = { top: 62, bottom: 1018, widthPx: 6 } as const;

/** The load lines: reach above and below the centre, and from left to right, with the width over which they fade. */
export const FIELD = { halfHeight: 430, left: 60, right: 1860, fadePx: 380 } as const;
