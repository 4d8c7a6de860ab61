/** Shortest time in milliseconds between two progress lines where the terminal cannot overwrite the last one. */
const PLAIN_INTERVAL_MS = 5_000;

/**
 * Shows how far one step of the set-up is, on stderr: one line that is overwritten in a terminal, else a line now and then.
 *
 * @param {string} title
 */
export function startProgress(title) {
  const stream = process.stderr;
  const startMs = Date.now();
  const seconds = () => `${Math.round((Date.now() - startMs) / 1000)} s`;
  let detail = '';
  let lastLineMs = Date.now();
  const show = () => {
    if (stream.isTTY) stream.write(`\r\u001B[K${title}${detail} (${seconds()})`);
    else if (Date.now() - lastLineMs >= PLAIN_INTERVAL_MS) {
      lastLineMs = Date.now();
      stream.write(`${title}${detail} (${seconds()})\n`);
    }
  };
  if (!stream.isTTY) stream.write(`${title}\n`);
  show();
  const timer = setInterval(show, 500);
  const end = (/** @type {string} */ line) => {
    clearInterval(timer);
    stream.write(`${stream.isTTY ? '\r\u001B[K' : ''}${line}`);
  };
  return {
    /** @param {string} text what stands behind the title from now on */
    detail(text) {
      detail = text;
    },
    /** @param {string} line the last word on this step */
    done(line) {
      end(`${line} (${seconds()})\n`);
    },
    failed() {
      end('');
    },
  };
}
