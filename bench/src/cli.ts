import { Command } from 'commander';
import { drawCommand } from './draw.ts';
import { encodeCommand } from './encode.ts';
import { fleetCommand } from './fleet.ts';
import { renderCommand } from './render.ts';
import { scrubCommand } from './scrub.ts';
import { serverCommand } from './server.ts';

await new Command('bench')
  .description('Benchmarks of Defrag Video. Run them on an otherwise idle machine.')
  .addCommand(renderCommand)
  .addCommand(drawCommand)
  .addCommand(encodeCommand)
  .addCommand(serverCommand)
  .addCommand(fleetCommand)
  .addCommand(scrubCommand)
  .parseAsync();
