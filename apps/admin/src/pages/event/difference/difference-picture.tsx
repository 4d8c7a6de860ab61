import { Box } from '@mantine/core';
import { type ReactElement, useEffect, useRef } from 'react';

/**
 * Shows where two pictures differ. It takes the bitmap over.
 *
 * @param props.gain by how much each difference is multiplied for the eye
 */
export function DifferencePicture({
  picture,
  gain,
  label,
}: {
  readonly picture: ImageBitmap | undefined;
  readonly gain: number;
  readonly label: string;
}): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvas.current || !picture || picture.width === 0) return;
    canvas.current.width = picture.width;
    canvas.current.height = picture.height;
    canvas.current.getContext('bitmaprenderer')?.transferFromImageBitmap(picture);
  }, [picture]);
  return (
    <Box bg="#000" style={{ aspectRatio: '16 / 9' }}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        style={{ display: 'block', width: '100%', filter: gain === 1 ? undefined : `brightness(${gain})` }}
      />
    </Box>
  );
}
