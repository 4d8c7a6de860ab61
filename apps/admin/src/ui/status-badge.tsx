import type { AssetStatus, BackfillState, RenderJobState } from '@defrag/core';
import { Badge } from '@mantine/core';

type Status = AssetStatus | RenderJobState | BackfillState;

const COLOURS = {
  READY: 'var(--defrag-cool)',
  SUCCEEDED: 'var(--defrag-cool)',
  FAILED: 'var(--defrag-warm)',
  COMPLETED: 'var(--defrag-cool)',
  QUEUED: 'var(--mantine-color-text)',
  RENDERING: 'var(--mantine-color-text)',
  RUNNING: 'var(--mantine-color-text)',
  MISSING: 'var(--defrag-dim)',
  CANCELLED: 'var(--defrag-dim)',
  PAUSED: 'var(--defrag-dim)',
} as const satisfies Record<Status, string>;

export function StatusBadge({ status }: { readonly status: Status }) {
  return <Badge color={COLOURS[status]}>{status}</Badge>;
}
