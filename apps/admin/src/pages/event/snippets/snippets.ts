/** What snippets are made for. */
export interface SnippetSubject {
  /** Where the API is, without a trailing slash. */
  readonly apiUrl: string;
  readonly frictionId: string;
  readonly durationMs: number;
  /** Address of the video; null before it is known. */
  readonly videoUrl: string | null;
}

/** React code that shows the video in a page of the product; null as long as the video has no address. */
export function embedSnippet({ videoUrl }: SnippetSubject): string | null {
  if (videoUrl === null) return null;
  return `import '@defrag/scrubber/styles.css';
import { VideoScrubber } from '@defrag/scrubber';

export function FrictionVideo() {
  return (
    <VideoScrubber
      src=${JSON.stringify(videoUrl)}
      label="Position between tension and a stable boundary"
      onValueCommit={(value) => console.log(\`came to rest at \${value}\`)}
    />
  );
}
`;
}

/** A typed call from another service. The key comes from its environment. */
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

/** A call of the REST contract from a shell. The key comes from its environment. */
export function curlSnippet({ apiUrl, frictionId, durationMs }: SnippetSubject): string {
  const body = JSON.stringify({ friction_id: frictionId, duration_ms: durationMs });
  return `curl --fail-with-body '${apiUrl}/api/v1/admin/render-video' \\
  -H "x-defrag-admin-key: $DEFRAG_ADMIN_KEY" \\
  -H 'content-type: application/json' \\
  -H 'prefer: wait=30' \\
  -d '${body}'
`;
}
