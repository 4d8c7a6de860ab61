import { CONTENDERS } from './contenders/index.ts';
import { type DragResult, measureDrag, type Path } from './measure-drag.ts';

/** What is measured of a contender in one browser. */
export interface PageResult {
  readonly forwards: DragResult;
  readonly backwards: DragResult;
}

declare global {
  /** Sets a contender up, drags it there and back, and tells what was seen. */
  var measure: (
    name: string,
    options: { src: string; durationMs: number; frames: number },
  ) => Promise<PageResult>;
}

const PATHS = { forwards: (share) => share, backwards: (share) => 1 - share } satisfies Record<string, Path>;

globalThis.measure = async (name, { src, ...drag }) => {
  const mount = CONTENDERS[name];
  const container = document.getElementById('container');
  if (!mount || !container) throw new Error(`There is no contender ${name}`);
  const contender = await mount(container, src);
  const forwards = await measureDrag(contender, PATHS.forwards, drag);
  const backwards = await measureDrag(contender, PATHS.backwards, drag);
  return { forwards, backwards };
};
