import type { OpenAPIObject } from 'trpc-to-openapi';
import { errorReferences } from './error-responses.ts';

type Paths = NonNullable<OpenAPIObject['paths']>;

/**
 * The paths of the routes that are not procedures: videos and health.
 *
 * @param options.servesVideos whether this server serves the videos
 * @param options.redirectsVideos whether it redirects to the store
 */
export function plainPaths(options: { servesVideos: boolean; redirectsVideos: boolean }): Paths {
  if (options.servesVideos) return { ...healthPaths, ...videoPaths };
  return { ...healthPaths, ...(options.redirectsVideos ? redirectPaths : {}) };
}

const string = { type: 'string' as const };
const text = (description: string) => ({ description, schema: string });

const mp4 = { content: { 'video/mp4': {} } };

const VIDEO_PATH = '/videos/{renderer_version}/{hash}.mp4';

const videoOperation = { operationId: 'getVideoFile', tags: ['Assets'], summary: 'Download a video' };

const inPath = { in: 'path' as const, required: true };

const addressParameters = [
  { name: 'renderer_version', ...inPath, schema: string, example: 'v1-video' },
  { name: 'hash', ...inPath, schema: { ...string, pattern: '^[0-9a-f]{64}$' } },
];

const redirectPaths: Paths = {
  [VIDEO_PATH]: {
    get: {
      ...videoOperation,
      description: 'Redirects to the store. This URL is permanent; the target may expire.',
      parameters: addressParameters,
      responses: {
        302: {
          description: 'Redirect to the store.',
          headers: { Location: text('Current URL of the file. Do not store it.') },
        },
        ...errorReferences([404]),
      },
    },
  },
};

const videoPaths: Paths = {
  [VIDEO_PATH]: {
    get: {
      ...videoOperation,
      description: 'Supports ranges and conditional requests (RFC 9110). The content of a URL never changes.',
      parameters: [
        ...addressParameters,
        { name: 'Range', in: 'header', ...text('One byte range.'), example: 'bytes=0-1023' },
        { name: 'If-None-Match', in: 'header', ...text('The ETag of a cached copy.') },
      ],
      responses: {
        200: { description: 'The whole video.', headers: { ETag: text('Strong entity tag.') }, ...mp4 },
        206: {
          description: 'The range.',
          headers: { 'Content-Range': text('The bytes of this response.') },
          ...mp4,
        },
        304: { description: 'The cached copy is current.' },
        ...errorReferences([404, 412, 416, 503]),
      },
    },
  },
};

function json(properties: Record<string, { type: 'string' | 'boolean'; const?: string }>) {
  const schema = { type: 'object' as const, required: Object.keys(properties), properties };
  return { content: { 'application/json': { schema } } };
}

const status = (value: string) => ({ ...string, const: value });
const parts = { database: { type: 'boolean' as const }, store: { type: 'boolean' as const } };

const healthPaths: Paths = {
  '/healthz': {
    get: {
      operationId: 'getHealth',
      tags: ['Health'],
      summary: 'Check that the process responds',
      responses: { 200: { description: 'It responds.', ...json({ status: status('ok') }) } },
    },
  },
  '/readyz': {
    get: {
      operationId: 'getReadiness',
      tags: ['Health'],
      summary: 'Check that the database and the store are reachable',
      responses: {
        200: { description: 'Both are reachable.', ...json({ status: status('ready'), ...parts }) },
        503: {
          description: 'At least one is unreachable.',
          ...json({ status: status('not ready'), ...parts }),
        },
      },
    },
  },
};
