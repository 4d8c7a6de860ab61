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

const text = (description: string) => ({ description, schema: { type: 'string' as const } });

const mp4 = { content: { 'video/mp4': {} } };

const VIDEO_PATH = '/videos/{renderer_version}/{hash}.mp4';

const videoOperation = {
  operationId: 'getVideoFile',
  tags: ['Assets'],
  summary: 'Download a video',
};

const addressParameters = [
  {
    name: 'renderer_version',
    in: 'path' as const,
    required: true,
    schema: { type: 'string' as const },
    example: 'v1-video',
  },
  {
    name: 'hash',
    in: 'path' as const,
    required: true,
    schema: { type: 'string' as const, pattern: '^[0-9a-f]{64}$' },
  },
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

const boolean = { type: 'boolean' as const };
const status = (value: string) => ({ type: 'string' as const, const: value });

function readiness(value: string) {
  return {
    'application/json': {
      schema: {
        type: 'object' as const,
        required: ['status', 'database', 'store'],
        properties: { status: status(value), database: boolean, store: boolean },
      },
    },
  };
}

const healthPaths: Paths = {
  '/healthz': {
    get: {
      operationId: 'getHealth',
      tags: ['Health'],
      summary: 'Check that the process responds',
      responses: {
        200: {
          description: 'It responds.',
          content: {
            'application/json': {
              schema: { type: 'object', required: ['status'], properties: { status: status('ok') } },
            },
          },
        },
      },
    },
  },
  '/readyz': {
    get: {
      operationId: 'getReadiness',
      tags: ['Health'],
      summary: 'Check that the database and the store are reachable',
      responses: {
        200: { description: 'Both are reachable.', content: readiness('ready') },
        503: { description: 'At least one is unreachable.', content: readiness('not ready') },
      },
    },
  },
};
