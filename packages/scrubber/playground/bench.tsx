import { createScrubber, ScrubSlider } from '@defrag/scrubber';
import { createDecodedScrubber } from '@defrag/scrubber/decoded';
import { useEffect, useRef, useState } from 'react';
import { Choice } from './choice.tsx';
import { type DragMeter, type Presented, startDragMeter } from './measure/drag-meter.ts';
import { type Figures, figuresOf } from './measure/figures.ts';
import { LatencyPlot } from './measure/latency-plot.tsx';
import { benchVideo, FPS, type Sample } from './media-url.ts';
import { coalesced, naive, type ScrubStrategy, type ScrubStrategyController } from './strategies/index.ts';

const STRATEGIES = {
  ours: createScrubber,
  decoded: createDecodedScrubber,
  naive,
  coalesced,
} satisfies Record<string, ScrubStrategy>;
const STRATEGY_NAMES = { ours: 'ours', decoded: 'decoded', naive: 'naive', coalesced: 'coalesced' };
const SAMPLES: Record<Sample, string> = { rendered: 'rendered', numbered: 'numbered' };

/** Duration of the automatic drag in milliseconds. */
const DRAG_MS = 2_000;

/** Pause in milliseconds after which an input starts a new drag. */
const PAUSE_MS = 600;

/** Measures a drag over one video with a chosen strategy. */
export function Bench() {
  const [sample, setSample] = useState<Sample>('rendered');
  const [strategy, setStrategy] = useState<keyof typeof STRATEGIES>('ours');
  const [value, setValue] = useState(0);
  const [presented, setPresented] = useState<readonly Presented[]>([]);
  const [isDragging, setDragging] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const scrubber = useRef<ScrubStrategyController>(undefined);
  const meter = useRef<DragMeter>(undefined);
  const lastInputMs = useRef(Number.NEGATIVE_INFINITY);

  useEffect(() => {
    const { current } = video;
    if (!current) return;
    const created = STRATEGIES[strategy](current, { fps: FPS });
    scrubber.current = created;
    return () => created.destroy();
  }, [strategy]);

  useEffect(() => {
    const { current } = video;
    if (!current) return;
    const started = startDragMeter(current, FPS, (frame) => {
      // No input asked for the first frames of a source.
      if (frame.latencyMs !== undefined) setPresented((before) => [...before, frame]);
    });
    meter.current = started;
    return started.stop;
  }, []);

  const move = (next: number) => {
    const nowMs = performance.now();
    if (nowMs - lastInputMs.current > PAUSE_MS) {
      meter.current?.restart();
      setPresented([]);
    }
    lastInputMs.current = nowMs;
    meter.current?.input(next);
    scrubber.current?.seek(next);
    setValue(next);
  };
  const drag = () => {
    setDragging(true);
    lastInputMs.current = Number.NEGATIVE_INFINITY;
    const startMs = performance.now();
    const step = () => {
      const share = Math.min(1, (performance.now() - startMs) / DRAG_MS);
      move(share);
      if (share < 1) requestAnimationFrame(step);
      else setDragging(false);
    };
    requestAnimationFrame(step);
  };

  return (
    <section className="bench" aria-labelledby="bench">
      <h2 id="bench">Latency</h2>
      <div className="stage" data-scrubber="root">
        <video ref={video} data-scrubber="video" src={benchVideo(sample)} muted playsInline preload="auto" />
        <ScrubSlider value={value} onValueChange={move} disabled={isDragging} />
      </div>
      <div className="controls">
        <Choice legend="Strategy" options={STRATEGY_NAMES} chosen={strategy} onChoose={setStrategy} />
        <Choice legend="Sample" options={SAMPLES} chosen={sample} onChoose={setSample} />
        <button type="button" onClick={drag} disabled={isDragging}>
          Drag for 2 seconds
        </button>
      </div>
      <div className="result">
        <FigureList figures={figuresOf(presented)} />
        <LatencyPlot presented={presented} />
      </div>
    </section>
  );
}

function FigureList({ figures }: { readonly figures: Figures | undefined }) {
  const rows = {
    'frames shown': figures?.frames,
    'frames per second': figures?.framesPerSecond,
    'latency, median': figures?.latencyMs,
    'longest gap': figures?.longestGapMs,
  };
  return (
    <dl className="figures">
      {Object.entries(rows).map(([name, figure]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {figure === undefined ? '–' : `${Math.round(figure)}${/latency|gap/.test(name) ? ' ms' : ''}`}
          </dd>
        </div>
      ))}
    </dl>
  );
}
