import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type ReactElement, type ReactNode, useState } from 'react';
import { changeSearch } from '../../app/change-search.ts';
import { CurvesPanel } from './curves/curves-panel.tsx';
import type { MotionSource } from './curves/motion-curves.ts';
import type { EventSearch } from './event-search.ts';
import { Stage } from './stage/stage.tsx';

const route = getRouteApi('/signed-in/events/$frictionId');

/**
 * Everything that moves with the slider. Only this is rendered anew while it moves: what is given to it stays as it is.
 *
 * @param props.instead what stands in the place of a video that is not there
 * @param props.children what stands between the pictures and the curves
 */
export function EventMotion({
  source,
  durationMs,
  url,
  instead,
  children,
}: {
  readonly source: MotionSource;
  readonly durationMs: number;
  /** Address of the rendered video; null where there is none. */
  readonly url: string | null;
  readonly instead: ReactNode;
  readonly children: ReactNode;
}): ReactElement {
  const { position: openedAt = 0 } = route.useSearch();
  const navigate = useNavigate({ from: '/events/$frictionId' });
  const [position, setPosition] = useState(openedAt);
  return (
    <>
      <Stage
        source={source}
        durationMs={durationMs}
        url={url}
        position={position}
        onMove={setPosition}
        onRest={(rested) => void changeSearch<EventSearch>(navigate, { position: Number(rested.toFixed(4)) })}
      >
        {instead}
      </Stage>
      {children}
      <CurvesPanel source={source} position={position} />
    </>
  );
}
