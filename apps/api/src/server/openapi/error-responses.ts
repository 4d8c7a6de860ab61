import { ERROR_CODES, type ErrorCode } from '../../errors.ts';

/** Codes that callers of the routes can meet, by HTTP status. Codes of a render come in `error_code` of a job as well. */
const CODES_BY_STATUS = Object.entries(ERROR_CODES).reduce((codes, [code, { httpStatus }]) => {
  codes.set(httpStatus, [...(codes.get(httpStatus) ?? []), code as ErrorCode]);
  return codes;
}, new Map<number, ErrorCode[]>());

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'The request is not right; every wrong field is named.',
  401: 'The request carries no valid key.',
  403: 'The cookie of a session came from a page of another origin.',
  404: 'There is nothing with this id, hash or address.',
  409: 'The request does not fit the present state.',
  412: 'The video is another version than the one asked for.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  416: 'The range lies outside of the video.',
  429: 'There were too many requests.',
  500: 'Something went wrong on our side.',
  503: 'The database or the store is out of reach; come back later.',
};

const EXAMPLE_ISSUES = [
  { path: ['friction_id'], message: 'is required and must be a UUID' },
  { path: ['duration_ms'], message: 'must be a whole number from 1000 to 10000' },
];

const SECONDS = { schema: { type: 'integer' as const }, description: 'Seconds after which to come back.' };

/** Name of the shared response of an HTTP status in the document's components. */
export function errorResponseName(status: number): string {
  return `Error${status}`;
}

/** The shared error responses, one for each HTTP status that a route names. */
export function errorResponses() {
  return Object.fromEntries(
    Object.entries(DESCRIPTIONS).map(([key, description]) => {
      const status = Number(key);
      const codes = CODES_BY_STATUS.get(status) ?? [];
      const headers = headersOf(status);
      const response = {
        description: `${description} Codes: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
        ...(headers === undefined ? {} : { headers }),
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/ErrorBody' },
            example: {
              error: {
                code: codes[0],
                message: description,
                ...(status === 400 ? { issues: EXAMPLE_ISSUES } : {}),
              },
            },
          },
        },
      };
      return [errorResponseName(status), response];
    }),
  );
}

function headersOf(status: number) {
  if (status === 401) {
    return {
      'WWW-Authenticate': { schema: { type: 'string' as const }, description: 'How to authenticate.' },
    };
  }
  return status === 429 || status === 503 ? { 'Retry-After': SECONDS } : undefined;
}
