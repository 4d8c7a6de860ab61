import { Command } from 'commander';
import { exitWithError } from '../process/exit-with-error.ts';
import { lambdaCommand } from './commands/lambda.ts';
import { migrateCommand } from './commands/migrate.ts';
import { renderCommand } from './commands/render.ts';
import { verifyCommand } from './commands/verify.ts';
import { workerCommand } from './commands/worker.ts';
import { InterruptedError } from './interrupt.ts';

const program = new Command('defrag')
  .description('Render, verify and serve the videos of friction events.')
  .showHelpAfterError('(use --help for usage)')
  .addCommand(renderCommand())
  .addCommand(verifyCommand())
  .addCommand(workerCommand())
  .addCommand(migrateCommand())
  .addCommand(lambdaCommand());

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof InterruptedError) {
    process.stderr.write(`${error.message}\n`);
    process.exit(error.exitStatus);
  }
  exitWithError(error);
}
