/**
 * Writes a contact sheet with a row per scores and seed and a column per progress. Frames are drawn at 1920x1080 and scaled down.
 *
 *   node scripts/contact-sheet.ts [--scores 12,10 ...] [--progress 0,50 ...] [--seed text ...] [--width 360] [--out file.png]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { deriveMotion, VIDEO_FORMAT } from '@defrag/core';
import { loadCanvasKit } from '../src/hosts/headless.ts';
import { createRasterFrameSource } from '../src/hosts/raster-frame-source.ts';
import { rgbaImageInfo } from '../src/paint/image-info.ts';

const GUTTER_PX = 4;
const root = resolve(import.meta.dirname, '../../..');

const { values: options } = parseArgs({
  options: {
    scores: { type: 'string', multiple: true, default: ['12,10', '50,50', '93,90'] },
    progress: { type: 'string', default: '0,12,25,37,50,62,75,87,100' },
    seed: { type: 'string', multiple: true, default: ['contact-sheet'] },
    width: { type: 'string', default: '360' },
    out: { type: 'string', default: resolve(root, 'docs/images/contact-sheet.png') },
  },
});
const percents = options.progress.split(',').map(Number);
const cellWidth = Number(options.width);
const cellHeight = Math.round((cellWidth * VIDEO_FORMAT.height) / VIDEO_FORMAT.width);
const { width, height } = VIDEO_FORMAT;

const canvasKit = await loadCanvasKit();
const source = createRasterFrameSource(canvasKit, { width, height });
const sheetWidth = percents.length * (cellWidth + GUTTER_PX) - GUTTER_PX;
const rows = options.scores.flatMap((scores) => options.seed.map((seed) => ({ scores, seed })));
const sheetHeight = rows.length * (cellHeight + GUTTER_PX) - GUTTER_PX;
const sheet = canvasKit.MakeSurface(sheetWidth, sheetHeight);
if (!sheet) throw new Error(`CanvasKit could not create a sheet of ${sheetWidth}x${sheetHeight} pixels`);
const canvas = sheet.getCanvas();
canvas.clear(canvasKit.parseColorString('#2A2D30'));

for (const [row, { scores, seed }] of rows.entries()) {
  const [frictionScore = Number.NaN, pressureScore = Number.NaN] = scores.split(',').map(Number);
  const profile = deriveMotion({ frictionScore, pressureScore }, seed);
  for (const [column, percent] of percents.entries()) {
    const info = rgbaImageInfo(canvasKit, width, height);
    const frame = canvasKit.MakeImage(info, source.draw(profile, percent / 100), width * 4);
    if (!frame) throw new Error('CanvasKit could not create an image of the frame');
    const reducible = frame.makeCopyWithDefaultMipmaps();
    const left = column * (cellWidth + GUTTER_PX);
    const top = row * (cellHeight + GUTTER_PX);
    canvas.drawImageRectOptions(
      reducible,
      canvasKit.LTRBRect(0, 0, width, height),
      canvasKit.LTRBRect(left, top, left + cellWidth, top + cellHeight),
      canvasKit.FilterMode.Linear,
      canvasKit.MipmapMode.Linear,
    );
    reducible.delete();
    frame.delete();
  }
}

const png = sheet.makeImageSnapshot().encodeToBytes(canvasKit.ImageFormat.PNG, 100);
if (!png) throw new Error('CanvasKit could not encode the sheet');
mkdirSync(dirname(options.out), { recursive: true });
writeFileSync(options.out, png);
process.stdout.write(`${options.out}\n`);
