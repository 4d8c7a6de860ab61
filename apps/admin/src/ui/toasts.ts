import { notifications } from '@mantine/notifications';
import { textOf } from '../api/error-text.ts';

const SUCCESS_MS = 5_000;

const CLOSE = { 'aria-label': 'Close message' };

export function toastSuccess(title: string, message?: string): void {
  notifications.show({
    title,
    message,
    color: 'var(--defrag-cool)',
    autoClose: SUCCESS_MS,
    closeButtonProps: CLOSE,
  });
}

/** Stays until the user closes it. */
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
