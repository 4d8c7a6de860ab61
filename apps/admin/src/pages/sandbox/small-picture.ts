import { useMediaQuery } from '@mantine/hooks';

/** Pixels of width in which a small picture is drawn: enough for fine lines. Fewer would hardly be faster. */
export const SMALL_PICTURE_WIDTH = 480;

/** Screens that have so few pixels for a picture that lines of the whole size would come out broken. */
const SMALL_SCREENS = '(max-width: 36em) and (max-resolution: 1.5dppx)';

/** Pixels of width in which the one picture is drawn on this screen; undefined for those of the video. */
export function useDrawnWidth(): number | undefined {
  const isSmall = useMediaQuery(SMALL_SCREENS, false, { getInitialValueInEffect: false });
  return isSmall ? SMALL_PICTURE_WIDTH : undefined;
}
