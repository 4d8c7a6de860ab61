// Renders a server component with React's own renderer. Run with `--conditions react-server`.
import { register } from 'node:module';

register('./text-loader.js', import.meta.url);
register('react-server-dom-webpack/node-loader', import.meta.url);
const { createElement } = await import('react');
const { frameAt, frameTime, VideoScrubber } = await import('@defrag/scrubber');
// biome-ignore lint/correctness/noUndeclaredDependencies: installed by the app that this file is copied into
const { renderToPipeableStream } = await import('react-server-dom-webpack/server');

function Page() {
  return createElement(
    'main',
    null,
    `Frame ${frameAt(1, 180)} at ${frameTime(0, 10)} s`,
    createElement(VideoScrubber, { src: '/numbered.mp4', defaultValue: 0.5 }),
  );
}

/** Stands for the client manifest that a bundler generates. */
const modules = new Proxy({}, { get: (_, id) => ({ id, chunks: [], name: id.split('#')[1] }) });
renderToPipeableStream(createElement(Page), modules).pipe(process.stdout);
