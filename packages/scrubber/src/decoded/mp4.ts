/** Position of an encoded frame in the file, in bytes. */
interface EncodedFrame {
  readonly offset: number;
  readonly size: number;
}

/** Frames from a keyframe (`from`) up to the next one (`to`, exclusive), which are decoded together. */
export interface FrameGroup {
  readonly from: number;
  readonly to: number;
}

/** The video track of an MP4 file, ready to be decoded. */
export interface Mp4Video {
  /** Codec string of RFC 6381, such as `avc1.640028`. */
  readonly codec: string;
  /** Decoder configuration: the payload of the `avcC` box. */
  readonly description: Uint8Array<ArrayBuffer>;
  /** All frames in decoding order. */
  readonly encoded: readonly EncodedFrame[];
  /** Zero-based display number of each entry of `encoded`. */
  readonly frames: readonly number[];
  readonly groups: readonly FrameGroup[];
}

/** An MP4 box: its type and the byte range of its payload. */
interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Bytes of a visual sample entry before its inner boxes. */
const SAMPLE_ENTRY_BYTES = 78;

/**
 * Finds the frames of an MP4 file (ISO/IEC 14496-12) with an H.264 track, a constant frame rate and no fragments.
 *
 * @param fps frames per second, to convert times to frame numbers
 * @throws for any other or truncated file
 */
export function readMp4(file: ArrayBuffer, fps: number): Mp4Video {
  const view = new DataView(file);
  const movie = only(view, { type: 'file', start: 0, end: file.byteLength }, 'moov');
  const track = boxesIn(view, movie).find((box) => box.type === 'trak' && isVideo(view, box));
  if (!track) throw new Error('there is no video track');
  const table = only(view, track, 'mdia', 'minf', 'stbl');
  const { codec, description } = readDecoder(view, only(view, table, 'stsd'));
  const encoded = readPlaces(view, table);
  if (encoded.length === 0) throw new Error('the index is empty or fragmented');
  const frames = readFrames(view, track, table, encoded.length, fps);
  const groups = readGroups(view, table, encoded.length);
  for (const { from, to } of groups) {
    // Out of place: a gap, a duplicate, or a frame displayed within another group.
    const numbers = frames.slice(from, to).sort((one, other) => one - other);
    if (numbers.some((frame, index) => frame !== from + index)) throw new Error('frames are out of place');
  }
  return { codec, description, encoded, frames, groups };
}

function boxesIn(view: DataView, { start, end }: Omit<Box, 'type'>): Box[] {
  const boxes: Box[] = [];
  for (let at = start; at + 8 <= end; ) {
    const size32 = view.getUint32(at);
    const payload = at + (size32 === 1 ? 16 : 8);
    const size = size32 === 1 ? Number(view.getBigUint64(at + 8)) : size32 || end - at;
    if (at + size > end || at + size < payload) throw new Error('a box exceeds its parent');
    const type = String.fromCharCode(...new Uint8Array(view.buffer, at + 4, 4));
    boxes.push({ type, start: payload, end: at + size });
    at += size;
  }
  return boxes;
}

/** The first box along a path of types. */
function find(view: DataView, outer: Box, ...path: string[]): Box | undefined {
  let box: Box | undefined = outer;
  for (const type of path) box = box && boxesIn(view, box).find((inner) => inner.type === type);
  return box;
}

function only(view: DataView, outer: Box, ...path: string[]): Box {
  const box = find(view, outer, ...path);
  if (!box) throw new Error(`there is no ${path.join('/')}`);
  return box;
}

function isVideo(view: DataView, track: Box): boolean {
  return view.getUint32(only(view, track, 'mdia', 'hdlr').start + 8) === 0x76696465; // 'vide'
}

function readDecoder(view: DataView, { start, end }: Box): Pick<Mp4Video, 'codec' | 'description'> {
  const [entry] = boxesIn(view, { start: start + 8, end });
  if (entry?.type !== 'avc1') throw new Error(`the video is ${entry?.type}, not H.264`);
  const { start: at, end: stop } = only(view, { ...entry, start: entry.start + SAMPLE_ENTRY_BYTES }, 'avcC');
  const description = new Uint8Array(view.buffer as ArrayBuffer, at, stop - at);
  const profile = (view.getUint32(at) & 0xffffff).toString(16).padStart(6, '0');
  return { codec: `avc1.${profile}`, description };
}

/** Rows of `width` 32-bit numbers in a full box; their count follows version, flags and `skip` more bytes. */
function rowsOf(view: DataView, { start, end }: Box, width: number, skip = 0): number[][] {
  const count = view.getUint32(start + 4 + skip);
  if (start + 8 + skip + count * width * 4 > end) throw new Error('a table exceeds its box');
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: width }, (_, column) =>
      view.getUint32(start + 8 + skip + (row * width + column) * 4),
    ),
  );
}

function readPlaces(view: DataView, table: Box): EncodedFrame[] {
  const sizeBox = only(view, table, 'stsz');
  // The form for frames of equal size is not supported: it does not occur with H.264.
  const sizes = rowsOf(view, sizeBox, 1, 4).map(([size = 0]) => size);
  const chunks = rowsOf(view, only(view, table, 'stco'), 1).map(([offset = 0]) => offset);
  const runs = rowsOf(view, only(view, table, 'stsc'), 3);
  const places: EncodedFrame[] = [];
  let run = 0;
  for (const [index, chunk] of chunks.entries()) {
    let offset = chunk;
    // Each run has its first chunk, counted from 1, and the number of frames per chunk.
    if (runs[run + 1]?.[0] === index + 1) run += 1;
    const framesOfChunk = runs[run]?.[1] ?? 0;
    for (const size of sizes.slice(places.length, places.length + framesOfChunk)) {
      if (offset + size > view.byteLength) throw new Error('a frame is outside the file');
      places.push({ offset, size });
      offset += size;
    }
  }
  if (places.length !== sizes.length) throw new Error('some frames have no position');
  return places;
}

function readFrames(view: DataView, track: Box, table: Box, count: number, fps: number): number[] {
  const header = only(view, track, 'mdia', 'mdhd');
  const timescale = view.getUint32(header.start + (view.getUint8(header.start) === 1 ? 20 : 12));
  const spread = (rows: number[][]) => {
    const values: number[] = [];
    for (const [frames = 0, value = 0] of rows) {
      if (values.length + frames > count) throw new Error('a table has too many frames');
      for (let frame = 0; frame < frames; frame += 1) values.push(value);
    }
    return values;
  };
  const durations = spread(rowsOf(view, only(view, table, 'stts'), 2));
  const delayBox = find(view, table, 'ctts');
  const delays = delayBox ? spread(rowsOf(view, delayBox, 2)) : [];
  const startTime = readStartTime(view, track);
  let decodeTime = 0;
  return Array.from({ length: count }, (_, index) => {
    // Offsets may be negative 32-bit numbers.
    const time = decodeTime + ((delays[index] ?? 0) | 0) - startTime;
    decodeTime += durations[index] ?? 0;
    // `time` is the start of the frame, give or take rounding.
    return Math.floor((time / timescale) * fps + 0.01);
  });
}

/** Media time at which presentation starts: with B-frames the first frame is displayed later than decoded. */
function readStartTime(view: DataView, track: Box): number {
  const box = find(view, track, 'edts', 'elst');
  if (!box) return 0;
  if (view.getUint32(box.start + 4) !== 1 || view.getUint8(box.start) !== 0) {
    throw new Error('the track has an unsupported edit list');
  }
  return view.getInt32(box.start + 12);
}

function readGroups(view: DataView, table: Box, count: number): FrameGroup[] {
  const keyBox = find(view, table, 'stss');
  const keys = keyBox
    ? rowsOf(view, keyBox, 1).map(([number = 0]) => number - 1)
    : Array.from({ length: count }, (_, index) => index);
  if (keys[0] !== 0) throw new Error('the first frame is not a keyframe');
  return keys.map((from, index) => {
    const to = keys[index + 1] ?? count;
    if (to <= from) throw new Error('keyframes are out of order');
    return { from, to };
  });
}
