import { expect, it } from 'vitest';
import { continuumStage } from '../src/index.ts';

it.each([
  [0, 'tension'],
  [0.333, 'tension'],
  [1 / 3, 'awareness'],
  [0.666, 'awareness'],
  [2 / 3, 'stable boundary'],
  [1, 'stable boundary'],
] as const)('continuumStage(%d) is %s', (progress, stage) => {
  expect(continuumStage(progress)).toBe(stage);
});
