import type { FrameGroup, Mp4Video } from './mp4.ts';

/** Microseconds between frames in the decoder's timestamps: any value that survives rounding. */
const FRAME_US = 1_000;

/** Frames kept behind the position, for small movements back. */
const KEPT_BEHIND_FRAMES = 1;

/** Share of a group still ahead when the next group is decoded: a larger share takes more memory, a smaller one delays frames. */
const NEXT_GROUP_SHARE = 0.6;

/** Decodes the frames around a position that moves. */
export interface FrameDecoder {
  /** Decodes a frame and the next ones in the direction of movement. */
  want(frame: number): void;
  /** Number and picture of the decoded frame nearest to the wanted one. The decoder owns and closes the picture. */
  nearest(): readonly [frame: number, picture: VideoFrame] | undefined;
  /** Frees the decoder and all pictures. */
  close(): void;
}

/**
 * Decodes the group of the wanted frame and the next group in the direction of movement. The keyframe interval bounds its memory,
 * and each frame is decoded once in both directions.
 *
 * @param options.onFrame called after each decoded frame
 * @param options.onFailure called when the file cannot be decoded; the caller must close the decoder
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

  /** Frames from the wanted frame to another in the direction of movement; negative when passed. */
  const ahead = (frame: number) => (isForwards ? frame - wanted : wanted - frame);
  /** The group of the wanted frame and, near its end, the next one. */
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
    // Keep one picture to show when the position outruns the decoder.
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
    // The flush rejects too.
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
      if (decodedFrames - before !== group.to - group.from) throw new Error('the decoder skipped frames');
    } catch {
      // close() also rejects the flush.
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
