import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { mustBe } from '../must-be.ts';
import { RENDERER_VERSION } from '../version.ts';

const hashMessage = mustBe('a video hash: 64 lowercase hexadecimal digits');

/** A video hash: 64 lowercase hexadecimal digits. */
export const VideoHashSchema = z
  .string(hashMessage)
  .regex(/^[0-9a-f]{64}$/, hashMessage)
  .describe('Video hash: 64 lowercase hexadecimal digits.')
  .meta({ example: '4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945' });

/** Lowercase hexadecimal SHA-256 of the UTF-8 of `canonicalInputs + rendererVersion`. Others read it from `VideoInputs.hash`. */
export function videoHash(canonicalInputs: string, rendererVersion: string = RENDERER_VERSION): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalInputs + rendererVersion)));
}

/** Key of a video's object in every store: `videos/{rendererVersion}/{hash}.mp4`. */
export function objectKey(hash: string, rendererVersion: string = RENDERER_VERSION): string {
  return `videos/${rendererVersion}/${hash}.mp4`;
}
