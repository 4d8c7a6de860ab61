import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

/** Milliseconds without a change after which what was entered counts. */
const SETTLE_MS = 300;

/**
 * What a person is entering, ahead of what counts: it is handed over when it has come to rest, and follows when what counts is
 * changed elsewhere.
 *
 * @param value what counts
 * @param onSettle called with what was entered
 */
export function useDraft<Value extends string | readonly number[]>(
  value: Value,
  onSettle: (value: Value) => void,
): [Value, (value: Value) => void] {
  const [draft, setDraft] = useState(value);
  const [known, setKnown] = useState(String(value));
  const settle = useDebouncedCallback(onSettle, SETTLE_MS);
  if (known !== String(value)) {
    setKnown(String(value));
    // Who goes on entering is not interrupted by what was entered before.
    if (!settle.isPending()) setDraft(value);
  }
  return [
    draft,
    (next) => {
      setDraft(next);
      settle(next);
    },
  ];
}
