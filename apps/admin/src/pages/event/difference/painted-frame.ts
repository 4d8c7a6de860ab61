/**
 * The canvas of a preview as soon as it shows a frame. The composition writes onto its canvas what it has painted.
 *
 * @param container the element that the preview is in; the canvas may come later
 * @param frame the frame, from 0
 * @param frames number of frames of the video
 * @throws the reason of the signal, when that ends the wait
 */
export async function paintedFrame(
  container: Element,
  frame: number,
  frames: number,
  signal: AbortSignal,
): Promise<HTMLCanvasElement> {
  signal.throwIfAborted();
  const find = () => container.querySelector<HTMLCanvasElement>(`canvas[data-painted="${frame}/${frames}"]`);
  const found = Promise.withResolvers<HTMLCanvasElement>();
  const look = () => {
    const canvas = find();
    if (canvas) found.resolve(canvas);
  };
  const observer = new MutationObserver(look);
  observer.observe(container, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['data-painted'],
  });
  const giveUp = () => found.reject(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  look();
  try {
    return await found.promise;
  } finally {
    observer.disconnect();
    signal.removeEventListener('abort', giveUp);
  }
}
