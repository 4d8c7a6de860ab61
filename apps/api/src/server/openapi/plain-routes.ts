import type { OpenAPIObject } from 'trpc-to-openapi';
import { errorResponseName } from './error-responses.ts';

type Paths = NonNullable<OpenAPIObject['paths']>;

/**
 * What the document says of the routes that are no procedures: videos and health.
 *
 * @param options.servesVideos whether videos come from here
 * @param options.redirectsVideos whether their addresses lead to the store
 */
export function plainPaths(options: { servesVideos: boolean; redirectsVideos: boolean }): Paths {
  if (options.servesVideos) return { ...healthPaths, ...videoPaths };
  return { ...healthPaths, ...(options.redirectsVideos ? redirectPaths : {}) };
}

const errors = (...statuses: number[]) =>
  Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${errorResponseName(status)}` }]),
  );

const text = (description: string) => ({ description, schema: { type: 'string' as const } });

const mp4 = { content: { 'video/mp4': {} } };

const VIDEO_PATH = '/videos/{renderer_version}/{hash}.mp4';

const videoOperation = {
  operationId: 'getVideoFile',
  tags: ['Assets'],
  summary: 'Fetch a video',
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
      description: 'Leads to the store. The address is final; where it leads may expire.',
      parameters: addressParameters,
      responses: {
        302: {
          description: 'Where the video is handed out.',
          headers: { Location: text('Its address at the moment; not to be kept.') },
        },
        ...errors(404),
      },
    },
  },
};

const videoPaths: Paths = {
  [VIDEO_PATH]: {
    get: {
      ...videoOperation,
      description: 'Supports ranges and conditions after RFC 9110. What stands at an address never changes.',
      parameters: [
        ...addressParameters,
        { name: 'Range', in: 'header', ...text('One range of bytes.'), example: 'bytes=0-1023' },
        { name: 'If-None-Match', in: 'header', ...text('The ETag of a copy at hand.') },
      ],
      responses: {
        200: { description: 'The whole video.', headers: { ETag: text('Strong entity tag.') }, ...mp4 },
        206: {
          description: 'The range.',
          headers: { 'Content-Range': text('Which bytes these are.') },
          ...mp4,
        },
        304: { description: 'The copy at hand is the present one.' },
        ...errors(404, 412, 416, 503),
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
      summary: 'Whether the process answers',
      responses: {
        200: {
          description: 'It does.',
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
      summary: 'Whether database and store are in reach',
      responses: {
        200: { description: 'Both are.', content: readiness('ready') },
        503: { description: 'At least one is not.', content: readiness('not ready') },
      },
    },
  },
};
