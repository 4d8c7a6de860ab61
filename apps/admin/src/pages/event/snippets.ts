import { CONTINUUM_STAGES } from '@defrag/core';

export interface SnippetSubject {
  /** URL of the API without a trailing slash. */
  readonly apiUrl: string;
  readonly frictionId: string;
  readonly durationMs: number;
  /** Null while there is no video. */
  readonly videoUrl: string | null;
}

/** React code that shows the video; null while the video has no URL. */
export function embedSnippet({ videoUrl }: SnippetSubject): string | null {
  if (videoUrl === null) return null;
  const [first, second, last] = CONTINUUM_STAGES;
  return `import '@defrag/scrubber/styles.css';
import { VideoScrubber } from '@defrag/scrubber';

export function FrictionVideo() {
  return (
    <VideoScrubber
      src=${JSON.stringify(videoUrl)}
      label="Position between tension and a stable boundary"
      formatValueText={(value) => (value < 1 / 3 ? '${first}' : value < 2 / 3 ? '${second}' : '${last}')}
      onValueCommit={(value) => console.log(\`came to rest at \${value}\`)}
    />
  );
}
`;
}

/** Typed request from another service. Reads the key from the environment. */
export function clientSnippet({ apiUrl, frictionId, durationMs }: SnippetSubject): string {
  return `import { createDefragClient, waitFor } from '@defrag/client';

const client = createDefragClient({
  url: ${JSON.stringify(apiUrl)},
  adminKey: process.env.DEFRAG_ADMIN_KEY,
});

// Waits up to 30 seconds for the video; the URL is final even when it is not ready by then.
const { status, url, hash } = await client.admin.renderVideo.mutate(
  { friction_id: ${JSON.stringify(frictionId)}, duration_ms: ${durationMs} },
  waitFor(30),
);
console.log(status, url, hash);
`;
}

/** Request from a shell. Reads the key from the environment. */
export function curlSnippet({ apiUrl, frictionId, durationMs }: SnippetSubject): string {
  const body = JSON.stringify({ friction_id: frictionId, duration_ms: durationMs });
  return `curl --fail-with-body '${apiUrl}/api/v1/admin/render-video' \\
  -H "x-defrag-admin-key: $DEFRAG_ADMIN_KEY" \\
  -H 'content-type: application/json' \\
  -H 'prefer: wait=30' \\
  -d '${body}'
`;
}
