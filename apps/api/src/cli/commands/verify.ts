import { Command } from 'commander';
import { parseVideoHash } from '../arguments.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import { createOutput } from '../output.ts';
import { openRenderer } from '../renderer/open-renderer.ts';

/** `defrag verify`: renders a stored video again and compares; exit status 1 on a difference. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'Render a stored video again and compare it with the stored digest. Exit status 1 on a difference.',
    )
    .argument('<hash>', 'the video hash', parseVideoHash)
    .option('--json', 'print one JSON object instead of text', false)
    .action(run);
}

async function run(hash: string, options: { json: boolean }): Promise<void> {
  const output = createOutput(options);
  const signal = abortOnInterrupt();
  const renderer = await openRenderer();
  try {
    const { storedSha256, renderedSha256 } = await renderer.verify(hash, output.progress, signal);
    output.endProgress();
    const identical = storedSha256 === renderedSha256;
    output.result(
      { hash, identical, stored_sha256: storedSha256, rendered_sha256: renderedSha256 },
      identical
        ? `identical: ${storedSha256}`
        : `different: stored ${storedSha256}, rendered ${renderedSha256}`,
    );
    if (!identical) process.exitCode = 1;
  } finally {
    output.endProgress();
    await renderer.close();
  }
}
