import { Bench } from './bench.tsx';
import { Panels } from './panels/panels.tsx';

/** The whole page. */
export function App() {
  return (
    <>
      <header className="top">
        <h1>@defrag/scrubber</h1>
        <p>A slider that scrubs a video. Drag it, or let it be dragged, and see how long each frame took.</p>
      </header>
      <main>
        <Bench />
        <Panels />
      </main>
    </>
  );
}
