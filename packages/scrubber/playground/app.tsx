import { Bench } from './bench.tsx';
import { Panels } from './panels/panels.tsx';

export function App() {
  return (
    <>
      <header className="top">
        <h1>@defrag/scrubber</h1>
        <p>
          A slider that scrubs a video. Drag it, or run the automatic drag, to measure the latency of each
          frame.
        </p>
      </header>
      <main>
        <Bench />
        <Panels />
      </main>
    </>
  );
}
