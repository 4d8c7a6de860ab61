import { VIDEO_FORMAT } from '@defrag/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import * as v from 'valibot';
import { changeSearch, durationMs, parameter, position, score, text } from '../../lib/search.ts';

export const MAX_SEED_LENGTH = 200;

export const SandboxSearchSchema = v.object({
  friction_score: score,
  pressure_score: score,
  seed: text(new RegExp(`^.{0,${MAX_SEED_LENGTH}}$`, 'su')),
  duration_ms: durationMs,
  /** Slider position 0..1. Absent while the motion plays. */
  position,
  view: parameter(v.picklist(['single', 'grid'])),
});

export type SandboxSearch = v.InferOutput<typeof SandboxSearchSchema>;

const route = getRouteApi('/signed-in/sandbox');

/** Milliseconds without a change before the URL follows: browsers reject frequent URL changes. */
const URL_DELAY_MS = 250;

export interface SandboxInputs {
  readonly friction_score: number;
  readonly pressure_score: number;
  readonly seed: string;
  readonly duration_ms: number;
  /** Position 0..1; undefined until one is set. */
  readonly position: number | undefined;
  readonly view: 'single' | 'grid';
}

/**
 * The inputs of the sandbox, and a function that changes some of them. The URL stores them; pending changes override
 * the URL until it follows.
 */
export function useSandboxInputs(): [SandboxInputs, (change: SandboxSearch) => void] {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [changes, setChanges] = useState<SandboxSearch>({});
  const follow = useDebouncedCallback(async () => {
    await changeSearch<SandboxSearch>(navigate, changes);
    setChanges((now) => without(now, changes));
  }, URL_DELAY_MS);
  const change = (changed: SandboxSearch) => {
    setChanges((before) => ({ ...before, ...changed }));
    follow();
  };
  const wanted = { ...search, ...changes };
  const inputs = {
    friction_score: wanted.friction_score ?? 72,
    pressure_score: wanted.pressure_score ?? 55,
    seed: wanted.seed ?? 'sandbox',
    duration_ms: wanted.duration_ms ?? VIDEO_FORMAT.defaultDurationMs,
    position: wanted.position,
    view: wanted.view ?? 'single',
  };
  return [inputs, change];
}

/** Changes made since `written` was written to the URL. */
function without(now: SandboxSearch, written: SandboxSearch): SandboxSearch {
  return Object.fromEntries(
    Object.entries(now).filter(([name, value]) => {
      const isWritten = name in written && written[name as keyof SandboxSearch] === value;
      return !isWritten;
    }),
  );
}
