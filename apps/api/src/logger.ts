import { destination, type Logger, type LoggerOptions, pino, stdTimeFunctions } from 'pino';

/** Keys under which a secret or a motion profile would stand if somebody logged the object that holds it. */
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
 * How everything is logged: JSON, one line per event, ISO times. Errors are written field by field from a fixed list,
 * because drivers hang statements and parameters on theirs; private keys are replaced down to the third level.
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

/** Makes the logger of a process. `pretty` is for people at a terminal. */
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

/** What a log may say of an error: type, code, message and stack, and the same of its causes, three deep. */
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
