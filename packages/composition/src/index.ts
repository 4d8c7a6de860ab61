export { createRasterFrameSource, type FrameSize, type FrameSource } from './hosts/raster-frame-source.ts';
export { createPainter, type Painter } from './paint/painter.ts';
export { buildScene } from './scene/build-scene.ts';
export type { Colour, Layer, Mark, Polyline, RoundedBox, Scene } from './scene/marks.ts';
export { STAGE } from './scene/stage.ts';
