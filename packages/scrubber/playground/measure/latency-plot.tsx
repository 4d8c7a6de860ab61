import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { Presented } from './drag-meter.ts';

const INK = '#f4f6f8';
const ACCENT = '#6fd8ff';
const FONT = '11px ui-monospace, Menlo, Consolas, monospace';
const HEIGHT_PX = 220;

const axis = {
  size: 32,
  stroke: INK,
  font: FONT,
  labelFont: FONT,
  grid: { stroke: '#ffffff1f' },
  ticks: { show: false },
};

/** Plots the latency of each frame over the time of its presentation. */
export function LatencyPlot({ presented }: { readonly presented: readonly Presented[] }) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);

  useEffect(() => {
    const { current } = host;
    if (!current) return;
    const created = new uPlot(
      {
        width: current.clientWidth,
        height: HEIGHT_PX,
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false, range: (_, __, max) => [0, Math.max(2, max)] }, y: { range: yRange } },
        axes: [
          { ...axis, label: 'seconds', labelSize: 20 },
          { ...axis, label: 'milliseconds', labelSize: 20 },
        ],
        series: [
          {},
          { stroke: `${ACCENT}80`, width: 1, points: { show: true, size: 4, stroke: ACCENT, fill: ACCENT } },
        ],
      },
      [[], []],
      current,
    );
    plot.current = created;
    const observer = new ResizeObserver(() =>
      created.setSize({ width: current.clientWidth, height: HEIGHT_PX }),
    );
    observer.observe(current);
    return () => {
      observer.disconnect();
      created.destroy();
    };
  }, []);

  useEffect(() => {
    plot.current?.setData([
      presented.map(({ atMs }) => atMs / 1_000),
      presented.map(({ latencyMs }) => latencyMs ?? null),
    ]);
  }, [presented]);

  return <div className="plot" ref={host} role="img" aria-label="Latency of each presented frame" />;
}

function yRange(_: uPlot, __: number | null, max: number | null): [number, number] {
  return [0, Math.max(120, max ?? 0)];
}
