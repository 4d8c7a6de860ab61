/** Height of the plot of a curve in pixels, also while it loads. */
export const CURVE_CHART_HEIGHT = 72;

/** Pixels between the sides of a plot and the positions 0 and 1. */
export const CURVE_CHART_INSET = 1;
