import { AppError } from '../../errors.ts';

export const VIDEO_ROUTE = '/videos/:version/:file';

/** The path parameters of a video's URL. */
export interface VideoAddress {
  /** Renderer version. */
  readonly version: string;
  /** `<hash>.mp4`. */
  readonly file: string;
}

const RENDERER_VERSION_PATTERN = /^[0-9A-Za-z][0-9A-Za-z._-]{0,99}$/;
const FILE_NAME_PATTERN = /^[0-9a-f]{64}\.mp4$/;

/** The store key of a video's URL. @throws AppError VIDEO_NOT_FOUND unless it is a valid key */
export function keyOfAddress({ version, file }: VideoAddress): string {
  if (!RENDERER_VERSION_PATTERN.test(version) || !FILE_NAME_PATTERN.test(file)) throw videoNotFound();
  return `videos/${version}/${file}`;
}

export function videoNotFound(): AppError {
  return new AppError('VIDEO_NOT_FOUND', 'There is no video at this URL.');
}
