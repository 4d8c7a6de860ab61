import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { numberedVideo } from '@defrag/numbered-video';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mp4Video, readMp4 } from '../src/decoded/mp4.ts';
import { encode, type Packet, packetsOf } from './support/encode.ts';

let folder: string;
let second: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'defrag-mp4-'));
  second = await numberedVideo({ durationMs: 1_000 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const read = async (path: string): Promise<ArrayBuffer> => {
  const { buffer, byteOffset, byteLength } = await readFile(path);
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
};

async function encoded(name: string, ...args: string[]): Promise<string> {
  const path = join(folder, name);
  await encode(second, args, path);
  return path;
}

describe('readMp4', () => {
  it('finds the same frames as ffprobe', async () => {
    const path = await numberedVideo();
    expectPackets(readMp4(await read(path), 30), await packetsOf(path));
  });

  it('numbers B-frames by presentation time, not file order', async () => {
    const path = await encoded('b-frames.mp4', '-c:v', 'libx264', '-bf', '3', '-g', '6', '-frames:v', '15');
    const video = readMp4(await read(path), 30);
    const packets = await packetsOf(path);
    expect(video.frames).not.toEqual(video.frames.toSorted((one, other) => one - other));
    expectPackets(video, packets);
  });

  it('finds the same frames as ffprobe with the index at the end and keyframes only', async () => {
    const path = await encoded(
      'keyframes.mp4',
      '-c:v',
      'libx264',
      '-g',
      '1',
      '-frames:v',
      '5',
      '-movflags',
      '-faststart',
    );
    const video = readMp4(await read(path), 30);
    expect(video.groups).toHaveLength(5);
    expectPackets(video, await packetsOf(path));
  });

  it('returns the codec string of the file', async () => {
    const { codec, description } = readMp4(await read(second), 30);
    expect(codec).toBe(`avc1.${Buffer.from(description.subarray(1, 4)).toString('hex')}`);
    expect(codec).toMatch(/^avc1\.6400[0-9a-f]{2}$/);
  });
});

describe('readMp4 with an unsupported file', () => {
  it.each([
    [
      'another codec',
      /not H\.264/,
      'h265.mp4',
      ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error', '-frames:v', '2'],
    ],
    ['another container', /exceeds|there is no moov/, 'other.mkv', ['-c:v', 'copy']],
    [
      'a fragmented index',
      'fragmented',
      'fragments.mp4',
      ['-c:v', 'copy', '-movflags', 'frag_keyframe+empty_moov'],
    ],
  ] as const)('throws for %s', async (_, message, name, args) => {
    const file = await read(await encoded(name, ...args));
    expect(() => readMp4(file, 30)).toThrow(message);
  });

  it('throws for a different frame rate', async () => {
    const file = await read(second);
    for (const fps of [25, 29, 60]) expect(() => readMp4(file, fps)).toThrow('out of place');
  });

  it('throws for an empty file', () => {
    expect(() => readMp4(new ArrayBuffer(0), 30)).toThrow('there is no moov');
  });

  it('throws for a file truncated anywhere', async () => {
    const file = await read(second);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: file.byteLength - 1 }), (length) => {
        expect(() => readMp4(file.slice(0, length), 30)).toThrow(Error);
      }),
    );
  });

  it('throws or returns only frames within the file when index bytes are corrupted', async () => {
    const file = await read(second);
    const indexBytes = Buffer.from(file).indexOf('mdat');
    const change = fc.tuple(fc.nat(indexBytes - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const copy = new Uint8Array(file.slice(0));
        for (const [at, value] of changes) copy[at] = value;
        const video = readOrRefuse(copy.buffer);
        for (const { offset, size } of video?.encoded ?? []) {
          expect(offset + size).toBeLessThanOrEqual(copy.length);
        }
        expect([...(video?.frames ?? [])].toSorted((one, other) => one - other)).toEqual(
          Array.from(video?.frames ?? [], (_, frame) => frame),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});

function readOrRefuse(file: ArrayBuffer): Mp4Video | undefined {
  try {
    return readMp4(file, 30);
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    return undefined;
  }
}

function expectPackets(video: Mp4Video, packets: readonly Packet[]): void {
  expect(video.encoded).toEqual(packets.map(({ pos, size }) => ({ offset: pos, size })));
  const times = packets.map(({ pts }) => pts).toSorted((one, other) => one - other);
  expect(video.frames).toEqual(packets.map(({ pts }) => times.indexOf(pts)));
  expect(video.groups.map(({ from }) => from)).toEqual(
    packets.flatMap(({ isKeyframe }, index) => (isKeyframe ? [index] : [])),
  );
  expect(video.groups.at(-1)?.to).toBe(packets.length);
}
