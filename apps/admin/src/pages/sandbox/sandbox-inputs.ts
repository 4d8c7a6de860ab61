import { VIDEO_FORMAT } from '@defrag/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import * as v from 'valibot';
import { changeSearch, durationMs, parameter, position, score, text } from '../../lib/search.ts';

/** Most characters that a seed may have in the sandbox. */
export const MAX_SEED_LENGTH = 200;

/** Search parameters of the sandbox. */
export const SandboxSearchSchema = v.object({
  friction_score: score,
  pressure_score: score,
  seed: text(new RegExp(`^.{0,${MAX_SEED_LENGTH}}$`, 'su')),
  duration_ms: durationMs,
  /** Position of the slider, 0..1. Absent while the motion plays. */
  position,
  view: parameter(v.picklist(['single', 'grid'])),
});

/** See {@link SandboxSearchSchema}. */
export type SandboxSearch = v.InferOutput<typeof SandboxSearchSchema>;

const route = getRouteApi('/signed-in/sandbox');

/** Milliseconds without a change after which the URL follows: browsers refuse many changes of it in a row. */
const URL_DELAY_MS = 250;

/** What the sandbox shows. */
export interface SandboxInputs {
  readonly friction_score: number;
  readonly pressure_score: number;
  readonly seed: string;
  readonly duration_ms: number;
  /** Position 0..1 that it rests at; undefined while nobody has said one. */
  readonly position: number | undefined;
  readonly view: 'single' | 'grid';
}

/**
 * The inputs of the sandbox. They stand in the URL, which follows a moment after the last change; until then, what was changed
 * lies over what the URL says.
 *
 * @returns the inputs, and a function that changes some of them
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

/** What has changed again since it was written. */
function without(now: SandboxSearch, written: SandboxSearch): SandboxSearch {
  return Object.fromEntries(
    Object.entries(now).filter(([name, value]) => {
      const isWritten = name in written && written[name as keyof SandboxSearch] === value;
      return !isWritten;
    }),
  );
}
