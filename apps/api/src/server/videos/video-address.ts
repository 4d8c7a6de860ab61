import { AppError } from '../../errors.ts';

/** Address of a video below the API's own URL. */
export const VIDEO_ROUTE = '/videos/:version/:file';

/** The two parts of a video's key in its address. */
export interface VideoAddress {
  /** Renderer version. */
  readonly version: string;
  /** `<hash>.mp4`. */
  readonly file: string;
}

const RENDERER_VERSION_PATTERN = /^[0-9A-Za-z][0-9A-Za-z._-]{0,99}$/;
const FILE_NAME_PATTERN = /^[0-9a-f]{64}\.mp4$/;

/** The key of an address. Nothing else is ever looked up in a store. @throws AppError VIDEO_NOT_FOUND for what is no key */
export function keyOfAddress({ version, file }: VideoAddress): string {
  if (!RENDERER_VERSION_PATTERN.test(version) || !FILE_NAME_PATTERN.test(file)) throw videoNotFound();
  return `videos/${version}/${file}`;
}

/** The answer to an address at which there is no video. */
export function videoNotFound(): AppError {
  return new AppError('VIDEO_NOT_FOUND', 'There is no such video.');
}
