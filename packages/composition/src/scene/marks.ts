/** Red, green, blue and opacity, each 0..1, in sRGB, opacity not multiplied in. */
export type Colour = readonly [red: number, green: number, blue: number, opacity: number];

/** Points as x, y, x, y, ... in stage pixels. */
export type Polyline = Float32Array;

/** A rectangle with round corners around a centre. A radius of half a side makes it a circle. */
export type RoundedBox = { x: number; y: number; halfSide: number; radius: number };

/** One thing to draw. Marks are drawn in order, each over the ones before. */
export type Mark =
  | { kind: 'fill'; outlines: Polyline[]; colour: Colour }
  | {
      kind: 'stroke';
      lines: Polyline[];
      closed: boolean;
      widthPx: number;
      colour: Colour;
      /** Lengths of dash, gap, dash, gap, ... Without: a solid line. */
      dashPx?: readonly number[];
    }
  /** Nearly horizontal lines `rows` pixels high, each row drawn as a hairline: far cheaper than a wide stroke. */
  | { kind: 'hairlines'; lines: Polyline[]; rows: number; colour: Colour }
  | { kind: 'fillBox'; box: RoundedBox; colour: Colour }
  | { kind: 'strokeBox'; box: RoundedBox; widthPx: number; colour: Colour }
  /** Draws `marks` only inside the outline. */
  | { kind: 'clip'; inside: Polyline; marks: Mark[] }
  /** The baked glow of the whole boundary. */
  | { kind: 'glow'; opacity: number };

/** The marks of one layer, under the name by which the docs know it. */
export type Layer = { name: string; marks: Mark[] };

/** A frame as geometry: layers from back to front on a black stage. */
export type Scene = { layers: Layer[] };
