import { relative } from 'node:path';
import { exitWithError } from './process/exit-with-error.ts';
import { runServer } from './process/run-server.ts';

try {
  const server = await runServer();
  process.stdout.write(readyText(server));
} catch (error) {
  exitWithError(error);
}

function readyText({
  url,
  adminKey,
  adminKeyFile,
  servesAdmin,
  hasDemoEvents,
}: Awaited<ReturnType<typeof runServer>>): string {
  const fromHere = relative(process.cwd(), adminKeyFile);
  const file = fromHere.startsWith('..') ? adminKeyFile : fromHere;
  const fromFile = adminKey.source === 'file';
  const whereabouts = fromFile ? `in ${file}` : 'in DEFRAG_ADMIN_KEY';
  const shown = adminKey.isNew ? `admin key ${adminKey.key} (shown this once, kept in ${file})\n` : '';
  const header = fromFile ? `x-defrag-admin-key: $(cat ${file})` : 'x-defrag-admin-key: $DEFRAG_ADMIN_KEY';
  const adminApp = servesAdmin ? `admin app at ${url}/admin/, ` : '';
  const hint = hasDemoEvents
    ? `try: curl -sS ${url}/api/v1/admin/render-video -H "${header}" -H "content-type: application/json" -d '{"friction_id":"00000000-0000-4000-8000-000000000008"}'\n`
    : '';
  return `${shown}ready on ${url} (${adminApp}admin key ${whereabouts}, documentation at ${url}/api/v1/docs)\n${hint}`;
}
