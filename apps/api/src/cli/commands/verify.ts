import { Command } from 'commander';
import { parseVideoHash } from '../arguments.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import { openLocal } from '../open-local.ts';
import { createOutput } from '../output.ts';
import { verifyVideo } from '../verify-video.ts';

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
  const local = await openLocal('warn');
  try {
    const { storedSha256, renderedSha256 } = await verifyVideo(local, hash, output.progress, signal);
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
    await local.services.close();
  }
}
