import { sha256 } from '@noble/hashes/sha2.js';

/** Deterministic random numbers for one seed and purpose. */
export type Random = {
  /** 0 <= n < 1. */
  unit(): number;
  /** low <= n < high. */
  between(low: number, high: number): number;
  sign(): -1 | 1;
};

/**
 * Creates the random stream of one purpose: sfc32, seeded with SHA-256 of purpose and seed. Streams are separate so that adding
 * a parameter to one part of the model does not change the others.
 *
 * @param seed any string, including lone surrogates
 * @param purpose what the numbers are for, such as `'fracture'`
 */
export function createRandom(seed: string, purpose: string): Random {
  const digest = sha256(encodeSeed(`${purpose}\u0000${seed}`));
  const words = new DataView(digest.buffer, digest.byteOffset, digest.byteLength);
  let a = words.getUint32(0);
  let b = words.getUint32(4);
  let c = words.getUint32(8);
  let counter = words.getUint32(12);

  const nextUint32 = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  const unit = (): number => nextUint32() / 0x1_0000_0000;
  return {
    unit,
    between: (low, high) => low + (high - low) * unit(),
    sign: () => (nextUint32() & 1 ? 1 : -1),
  };
}

/** Encodes as WTF-8: UTF-8 that keeps lone surrogates, which TextEncoder would replace, so that different strings never collide. */
function encodeSeed(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const codePoint = character.codePointAt(0) as number;
    if (codePoint < 0x80) {
      bytes.push(codePoint);
    } else if (codePoint < 0x800) {
      bytes.push(0xc0 | (codePoint >> 6), continuation(codePoint));
    } else if (codePoint < 0x1_0000) {
      bytes.push(0xe0 | (codePoint >> 12), continuation(codePoint >> 6), continuation(codePoint));
    } else {
      bytes.push(
        0xf0 | (codePoint >> 18),
        continuation(codePoint >> 12),
        continuation(codePoint >> 6),
        continuation(codePoint),
      );
    }
  }
  return Uint8Array.from(bytes);
}

function continuation(bits: number): number {
  return 0x80 | (bits & 0x3f);
}
