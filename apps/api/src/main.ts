import { relative } from 'node:path';
import { exitWithError } from './process/exit-with-error.ts';
import { type RunningServer, runServer } from './process/run-server.ts';

try {
  process.stdout.write(readyText(await runServer()));
} catch (error) {
  exitWithError(error);
}

function readyText({ url, adminKey, adminKeyFile, servesAdmin, psqlCommand }: RunningServer): string {
  const fromHere = relative(process.cwd(), adminKeyFile);
  const file = fromHere.startsWith('..') ? adminKeyFile : fromHere;
  const isFromFile = adminKey.source === 'file';
  const lines = [
    `ready on ${url} (${servesAdmin ? `admin app at ${url}/admin/, ` : ''}admin key in ${isFromFile ? file : 'DEFRAG_ADMIN_KEY'}, documentation at ${url}/api/v1/docs)`,
  ];
  if (adminKey.isNew) lines.unshift(`admin key ${adminKey.key} (shown only once, stored in ${file})`);
  if (psqlCommand !== undefined) {
    const key = isFromFile ? `$(cat ${file})` : '$DEFRAG_ADMIN_KEY';
    const body = '{"friction_id":"00000000-0000-4000-8000-000000000008"}';
    lines.push(
      `database: ${psqlCommand}`,
      `try: curl -sS ${url}/api/v1/admin/render-video -H "x-defrag-admin-key: ${key}" -H "content-type: application/json" -d '${body}'`,
    );
  }
  return `${lines.join('\n')}\n`;
}
