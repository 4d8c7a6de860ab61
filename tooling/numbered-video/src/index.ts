export { type NumberedVideoOptions, numberedVideo } from './numbered-video.ts';
export { readStrip, STRIP, STRIP_CELLS, stripCells } from './strip.ts';
