import { notifications } from '@mantine/notifications';
import { textOf } from '../api/error-text.ts';

/** Milliseconds that a toast of something that went well stays. */
const SUCCESS_MS = 5_000;

const CLOSE = { 'aria-label': 'Close the message' };

/** Says in a corner of the page that something is done. */
export function toastSuccess(title: string, message?: string): void {
  notifications.show({
    title,
    message,
    color: 'var(--defrag-cool)',
    autoClose: SUCCESS_MS,
    closeButtonProps: CLOSE,
  });
}

/** Says in a corner of the page, until it is closed, that something failed and why. */
export function toastFailure(title: string, reason: unknown): void {
  notifications.show({
    title,
    message: typeof reason === 'string' ? reason : textOf(reason),
    color: 'var(--defrag-warm)',
    autoClose: false,
    role: 'alert',
    closeButtonProps: CLOSE,
  });
}
