import { type AppErrorCode, ERROR_CODES } from '../../errors.ts';
import { isForAdmins, type Procedure } from '../../trpc/procedures.ts';

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'The request is invalid; every invalid field is named.',
  401: 'The request has no valid key.',
  403: 'The session cookie came from a page of another origin.',
  404: 'Nothing was found with this id or hash, or at this URL.',
  409: 'The request conflicts with the current state.',
  412: 'The video is not the version of the request.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  416: 'The range lies outside the video.',
  429: 'Too many requests.',
  500: 'Internal server error.',
  503: 'The database or the store is unreachable. Try again later.',
};

const RETRY_AFTER = {
  'Retry-After': { schema: { type: 'integer' as const }, description: 'Seconds until a retry.' },
};

const HEADERS = {
  401: { 'WWW-Authenticate': { schema: { type: 'string' as const }, description: 'How to authenticate.' } },
  429: RETRY_AFTER,
  503: RETRY_AFTER,
};

const EXAMPLE_ISSUES = [
  { path: ['friction_id'], message: 'is required and must be a UUID' },
  { path: ['duration_ms'], message: 'must be a whole number from 1000 to 10000' },
];

export function errorReferences(statuses: readonly number[]): Record<string, { $ref: string }> {
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/Error${status}` }]),
  );
}

/** The HTTP statuses of the errors of a procedure's REST route: those of what it is, and those it names itself. */
export function errorStatuses({ path, meta, input }: Procedure): number[] {
  const hasBody = meta.openapi?.method === 'POST' && !meta.openapi.path.includes('{');
  return [
    ...(input === undefined ? [] : [400]),
    ...(isForAdmins(path) ? [401, 403, 429] : []),
    ...(hasBody ? [413, 415] : []),
    ...(meta.errors ?? []).map((code) => ERROR_CODES[code].httpStatus),
    500,
    503,
  ];
}

export function errorResponses() {
  return Object.fromEntries(
    Object.entries(DESCRIPTIONS).map(([key, description]) => {
      const status = Number(key);
      const codes = codesOf(status);
      const issues = status === 400 ? { issues: EXAMPLE_ISSUES } : {};
      const response = {
        description: `${description} Codes: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
        ...(status in HEADERS ? { headers: HEADERS[status as keyof typeof HEADERS] } : {}),
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/ErrorBody' },
            example: { error: { code: codes[0], message: description, ...issues } },
          },
        },
      };
      return [`Error${status}`, response];
    }),
  );
}

function codesOf(status: number): AppErrorCode[] {
  return (Object.keys(ERROR_CODES) as AppErrorCode[]).filter(
    (code) => ERROR_CODES[code].httpStatus === status,
  );
}
