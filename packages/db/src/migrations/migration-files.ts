import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

/** One numbered SQL file. */
export interface Migration {
  /** File name, such as `0001_product_tables.sql`; the order of names is the order of application. */
  readonly name: string;
  readonly text: string;
  /** Lowercase hex SHA-256 of the text with `\n` line ends, whatever the checkout made of them. */
  readonly checksum: string;
}

const FOLDER = new URL('../../migrations/', import.meta.url);

/** Reads all migrations, in order. */
export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = (await readFile(new URL(name, FOLDER), 'utf8')).replaceAll('\r\n', '\n');
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
    }),
  );
}
