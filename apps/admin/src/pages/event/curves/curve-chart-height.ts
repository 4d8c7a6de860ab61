/** Height of the plot of a curve in pixels, also while it loads. */
export const CURVE_CHART_HEIGHT = 72;
