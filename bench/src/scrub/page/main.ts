import { CONTENDERS } from './contenders/index.ts';
import { type DragResult, measureDrag, type Path } from './measure-drag.ts';

/** Measurements of a contender in one browser. */
export interface PageResult {
  readonly forwards: DragResult;
  readonly backwards: DragResult;
}

declare global {
  /** Sets up a contender, drags it there and back, and returns the measurements. */
  var measure: (
    name: string,
    options: { src: string; durationMs: number; frames: number },
  ) => Promise<PageResult>;
}

const PATHS = { forwards: (share) => share, backwards: (share) => 1 - share } satisfies Record<string, Path>;

globalThis.measure = async (name, { src, ...drag }) => {
  const mount = CONTENDERS[name];
  const container = document.getElementById('container');
  if (!mount || !container) throw new Error(`Unknown contender: ${name}`);
  const contender = await mount(container, src);
  const forwards = await measureDrag(contender, PATHS.forwards, drag);
  const backwards = await measureDrag(contender, PATHS.backwards, drag);
  return { forwards, backwards };
};
