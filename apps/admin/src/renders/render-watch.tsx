import {
  createContext,
  type ReactElement,
  type ReactNode,
  useCallback,
  useContext,
  useMemo,
  useState,
} from 'react';
import { RenderWatcher, type WatchedRenders } from './render-watcher.tsx';

/** Tells when renders that were asked for have ended, wherever in the app one is by then. */
export interface RenderWatch {
  /**
   * Watches renders until all of them have ended, and says then how they ended.
   *
   * @param hashes video hashes
   * @param name what the person asked for, such as `"The video of event 00000000"`
   */
  watch(hashes: readonly string[], name: string): void;
}

const RenderWatchContext = createContext<RenderWatch | undefined>(undefined);

/** Holds the watch over renders; it outlives the pages inside. */
export function RenderWatchProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [watched, setWatched] = useState<readonly WatchedRenders[]>([]);
  const watch = useCallback((hashes: readonly string[], name: string) => {
    if (hashes.length === 0) return;
    setWatched((before) => [...before, { id: crypto.randomUUID(), hashes: [...new Set(hashes)], name }]);
  }, []);
  const end = useCallback((id: string) => {
    setWatched((before) => before.filter((renders) => renders.id !== id));
  }, []);
  const value = useMemo(() => ({ watch }), [watch]);
  return (
    <RenderWatchContext value={value}>
      {children}
      {watched.map((renders) => (
        <RenderWatcher key={renders.id} renders={renders} onEnd={end} />
      ))}
    </RenderWatchContext>
  );
}

/** The watch over renders of the app. */
export function useRenderWatch(): RenderWatch {
  const watch = useContext(RenderWatchContext);
  if (watch === undefined) throw new Error('useRenderWatch is used outside of RenderWatchProvider');
  return watch;
}
