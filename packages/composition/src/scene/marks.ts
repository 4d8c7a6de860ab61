/** Red, green, blue and opacity, each 0..1: sRGB, not premultiplied. */
export type Colour = readonly [red: number, green: number, blue: number, opacity: number];

/** Points as x, y, x, y, ... in stage pixels. */
export type Polyline = Float32Array;

/** A rounded square around a centre; a circle when the radius is half a side. */
export type RoundedBox = { x: number; y: number; halfSide: number; radius: number };

/** A drawing operation. Marks are drawn in order, later ones on top. */
export type Mark =
  | { kind: 'fill'; outlines: Polyline[]; colour: Colour }
  | {
      kind: 'stroke';
      lines: Polyline[];
      closed: boolean;
      widthPx: number;
      colour: Colour;
      /** Lengths of dash, gap, dash, gap, ... (Default: solid) */
      dashPx?: readonly number[];
    }
  /** Nearly horizontal lines, drawn as `rows` hairlines: much cheaper than a wide stroke. */
  | { kind: 'hairlines'; lines: Polyline[]; rows: number; colour: Colour }
  | { kind: 'fillBox'; box: RoundedBox; colour: Colour }
  | { kind: 'strokeBox'; box: RoundedBox; widthPx: number; colour: Colour }
  /** Draws `marks` only inside the outline. */
  | { kind: 'clip'; inside: Polyline; marks: Mark[] }
  /** The prerendered glow of the boundary. */
  | { kind: 'glow'; opacity: number };

/** Marks of a layer, named as in `docs/picture.md`. */
export type Layer = { name: string; marks: Mark[] };

/** A frame as layers from back to front on a black stage. */
export type Scene = { layers: Layer[] };
