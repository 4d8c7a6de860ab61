export { decodeVideo, type Ffmpeg } from './decode-video.ts';
