import { Command } from 'commander';
import { drawCommand } from './draw.ts';
import { renderCommand } from './render.ts';

await new Command('bench')
  .description('Benchmarks of Defrag Video. Run them on a machine that does nothing else.')
  .addCommand(renderCommand)
  .addCommand(drawCommand)
  .parseAsync();
