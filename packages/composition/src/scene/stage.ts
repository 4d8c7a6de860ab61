/** Coordinate system of all scenes, in pixels; other frame sizes scale it. */
export const STAGE = {
  width: 1920,
  height: 1080,
  centreX: 960,
  centreY: 540,
} as const;

/** Radius of the circle (the left system), in pixels. */
export const CIRCLE_RADIUS = 240;
/** Half a side of the square (the right system), in pixels: it has the circle's area. */
export const SQUARE_HALF_SIDE = 213;

/** The boundary, a vertical line in the middle of the stage. */
export const BOUNDARY = { top: 62, bottom: 1018, widthPx: 6 } as const;

/** The field of load lines: extent from the centre line, left and right edge, and width of the fade at both edges. */
export const FIELD = { halfHeight: 430, left: 60, right: 1860, fadePx: 380 } as const;
