export { DefragVideo } from './defrag-video.tsx';
export { loadCanvasKit } from './load-canvaskit.ts';
export { COMPOSITION_ID, DefragVideoRoot } from './root.tsx';
export { type DefragVideoProps, DefragVideoPropsSchema } from './schema.ts';
