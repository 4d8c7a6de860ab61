import { destination, type Logger, type LoggerOptions, pino, stdTimeFunctions } from 'pino';

/** Keys of secrets and motion profiles, in case an object that contains one is logged. */
const PRIVATE_KEYS = [
  'motion_profile',
  'motionProfile',
  'motion',
  'profile',
  'adminKey',
  'admin_key',
  'cookie',
  'set-cookie',
  'cronSecret',
  'authorization',
  'x-defrag-admin-key',
  'accessKeyId',
  'secretAccessKey',
  'credentials',
];

/**
 * Logs are JSON, one line per event, with ISO times. Of errors only known fields are logged, because drivers attach statements
 * and parameters to theirs. Private keys are replaced down to the third level.
 */
export function loggerOptions(level: string): LoggerOptions {
  return {
    level,
    timestamp: stdTimeFunctions.isoTime,
    base: { pid: process.pid },
    redact: {
      paths: PRIVATE_KEYS.flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`]),
      censor: '[private]',
    },
    serializers: { err: describeError, error: describeError },
  };
}

export function createLogger(options: {
  level: string;
  pretty?: boolean;
  destination?: 'stdout' | 'stderr';
}): Logger {
  const fileDescriptor = options.destination === 'stderr' ? 2 : 1;
  if (!options.pretty)
    return pino(loggerOptions(options.level), destination({ fd: fileDescriptor, sync: true }));
  const pretty = {
    destination: fileDescriptor,
    ignore: 'pid',
    translateTime: 'SYS:HH:MM:ss',
    singleLine: true,
  };
  return pino({ ...loggerOptions(options.level), transport: { target: 'pino-pretty', options: pretty } });
}

/** The fields of an error that may be logged: type, code, message and stack, also of its causes, three deep. */
export function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = (error as { code?: unknown }).code;
  return {
    type: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    message: error.message,
    stack: error.stack,
    ...(error.cause !== undefined && depth < 3 ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}
