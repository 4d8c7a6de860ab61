import { readFile } from 'node:fs/promises';
import type { CorsRule } from './cors.ts';

/** The CORS rule that docs/store.md gives for the bucket of the videos. */
export async function documentedCorsRule(): Promise<CorsRule> {
  const document = await readFile(new URL('../../../../../docs/store.md', import.meta.url), 'utf8');
  const [rule] = JSON.parse(/```json\n([\s\S]*?)```/.exec(document)?.[1] ?? '[]');
  return {
    allowedOrigins: rule.AllowedOrigins,
    allowedMethods: rule.AllowedMethods,
    allowedHeaders: rule.AllowedHeaders,
    exposeHeaders: rule.ExposeHeaders,
  };
}
