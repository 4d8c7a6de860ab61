export { COMPOSITION_ID } from './composition-id.ts';
export { DefragVideo } from './defrag-video.tsx';
export { loadCanvasKit } from './load-canvaskit.ts';
export { DefragVideoRoot } from './root.tsx';
export { type DefragVideoProps, DefragVideoPropsSchema } from './schema.ts';
