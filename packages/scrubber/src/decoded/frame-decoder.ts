import type { FrameGroup, Mp4Video } from './mp4.ts';

/** Microseconds in the decoder's time from one frame to the next: any will do that a decoder does not round away. */
const FRAME_US = 1_000;

/** Frames that are kept when the position has passed them, since no hand moves in one direction alone. */
const KEPT_BEHIND_FRAMES = 1;

/** Share of a group that may be ahead when the next one is decoded: earlier takes more memory, later comes too late. */
const NEXT_GROUP_SHARE = 0.6;

/** Decodes the frames around a position that moves. */
export interface FrameDecoder {
  /** Decodes a frame and those that come next in the direction of the way from the frame that was wanted before. */
  want(frame: number): void;
  /** The decoded frame that is nearest to the wanted one, with its number; it belongs to the decoder. */
  nearest(): readonly [frame: number, picture: VideoFrame] | undefined;
  /** Lets go of everything. */
  close(): void;
}

/**
 * Decodes groups of frames: the one that a wanted frame is in, and the next in the direction of the movement. So memory is bounded
 * by the distance of keyframes, and going backwards decodes each frame once, as going forwards does.
 *
 * @param options.onFrame called when a frame was decoded
 * @param options.onFailure called when the decoder refuses the file; it has to be closed then
 */
export function createFrameDecoder(
  file: ArrayBuffer,
  video: Mp4Video,
  options: { wanted: number; onFrame(): void; onFailure(): void },
): FrameDecoder {
  const pictures = new Map<number, VideoFrame>();
  let { wanted } = options;
  let isForwards = true;
  let isDecoding = false;
  let isClosed = false;
  let decodedFrames = 0;

  /** How far a frame is ahead of the wanted one; below 0 when it was passed. */
  const ahead = (frame: number) => (isForwards ? frame - wanted : wanted - frame);
  /** The group of the wanted frame and, when that will soon be passed, the next one. */
  const wantedGroups = () => {
    const index = video.groups.findIndex(({ to }) => wanted < to);
    const group = video.groups[index];
    if (!group) return [];
    const left = ahead(isForwards ? group.to : group.from - 1);
    const next = video.groups[index + (isForwards ? 1 : -1)];
    return next && left <= (group.to - group.from) * NEXT_GROUP_SHARE ? [group, next] : [group];
  };
  const isMissing = ({ from, to }: FrameGroup) => {
    for (let frame = from; frame < to; frame += 1) {
      if (ahead(frame) >= 0 && !pictures.has(frame)) return true;
    }
    return false;
  };
  const nearest = () => {
    let best: readonly [number, VideoFrame] | undefined;
    for (const entry of pictures) {
      if (!best || Math.abs(ahead(entry[0])) < Math.abs(ahead(best[0]))) best = entry;
    }
    return best;
  };
  const forgetFarOnes = () => {
    const groups = wantedGroups();
    // A position that runs ahead of the decoder needs something to be seen all the same.
    const [kept] = nearest() ?? [];
    for (const [frame, picture] of pictures) {
      const isNear = groups.some(({ from, to }) => from <= frame && frame < to);
      if (frame === kept || (isNear && ahead(frame) >= -KEPT_BEHIND_FRAMES)) continue;
      picture.close();
      pictures.delete(frame);
    }
  };
  const decoder = new VideoDecoder({
    output(picture) {
      const frame = Math.round(picture.timestamp / FRAME_US);
      decodedFrames += 1;
      pictures.get(frame)?.close();
      pictures.set(frame, picture);
      forgetFarOnes();
      options.onFrame();
    },
    // The promise of the flush says so too.
    error() {},
  });
  const { codec, description } = video;
  decoder.configure({ codec, description });

  const decode = async () => {
    if (isDecoding || isClosed) return;
    const group = wantedGroups().find(isMissing);
    if (!group) return;
    isDecoding = true;
    const before = decodedFrames;
    try {
      for (let index = group.from; index < group.to; index += 1) {
        decoder.decode(chunkOf(file, video, group, index));
      }
      await decoder.flush();
      if (decodedFrames - before !== group.to - group.from) throw new Error('frames were left out');
    } catch {
      // Closing it ends the flush in the same way.
      if (!isClosed) options.onFailure();
      return;
    }
    isDecoding = false;
    void decode();
  };
  return {
    want(frame) {
      if (frame !== wanted) isForwards = frame > wanted;
      wanted = frame;
      forgetFarOnes();
      void decode();
    },
    nearest,
    close() {
      isClosed = true;
      if (decoder.state !== 'closed') decoder.close();
      for (const picture of pictures.values()) picture.close();
      pictures.clear();
    },
  };
}

function chunkOf(file: ArrayBuffer, video: Mp4Video, { from }: FrameGroup, index: number): EncodedVideoChunk {
  const { offset = 0, size = 0 } = video.encoded[index] ?? {};
  return new EncodedVideoChunk({
    type: index === from ? 'key' : 'delta',
    timestamp: (video.frames[index] ?? 0) * FRAME_US,
    data: new Uint8Array(file, offset, size),
  });
}
