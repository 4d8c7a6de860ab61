import type { Canvas, CanvasKit, Paint, Path } from 'canvaskit-wasm';
import type { Colour, Mark, Polyline, RoundedBox, Scene } from '../scene/marks.ts';
import { bakeGlow, GLOW_ORIGIN } from './glow-image.ts';

/** Paints scenes, each independent of the previous one. */
export type Painter = {
  /** Fills the canvas with the scene. Scale the canvas beforehand so that one unit is one stage pixel. */
  paint(canvas: Canvas, scene: Scene): void;
  /** Frees the painter's WASM memory. */
  dispose(): void;
};

/** Creates a painter for a CanvasKit instance. */
export function createPainter(canvasKit: CanvasKit): Painter {
  const glow = bakeGlow(canvasKit);

  const withPaint = (colour: Colour, draw: (paint: Paint) => void): void => {
    // A new paint per mark: a reused one would carry settings over.
    const paint = new canvasKit.Paint();
    paint.setAntiAlias(true);
    paint.setColorComponents(...colour);
    draw(paint);
    paint.delete();
  };
  const withPath = (path: Path, draw: (path: Path) => void): void => {
    draw(path);
    path.delete();
  };
  const boxOf = ({ x, y, halfSide, radius }: RoundedBox) =>
    canvasKit.RRectXY(
      canvasKit.LTRBRect(x - halfSide, y - halfSide, x + halfSide, y + halfSide),
      radius,
      radius,
    );

  const draw = (canvas: Canvas, mark: Mark): void => {
    switch (mark.kind) {
      case 'fill':
        withPaint(mark.colour, (paint) =>
          withPath(pathOf(canvasKit, mark.outlines, true), (path) => canvas.drawPath(path, paint)),
        );
        break;
      case 'stroke':
        withPaint(mark.colour, (paint) => {
          paint.setStyle(canvasKit.PaintStyle.Stroke);
          paint.setStrokeWidth(mark.widthPx);
          paint.setStrokeJoin(canvasKit.StrokeJoin.Miter);
          const dash = mark.dashPx ? canvasKit.PathEffect.MakeDash([...mark.dashPx]) : null;
          paint.setPathEffect(dash);
          withPath(pathOf(canvasKit, mark.lines, mark.closed), (path) => canvas.drawPath(path, paint));
          dash?.delete();
        });
        break;
      case 'hairlines':
        withPaint(mark.colour, (paint) => {
          paint.setStyle(canvasKit.PaintStyle.Stroke);
          paint.setStrokeWidth(1);
          withPath(pathOf(canvasKit, mark.lines, false), (path) => {
            canvas.save();
            canvas.translate(0, (1 - mark.rows) / 2);
            for (let row = 0; row < mark.rows; row += 1) {
              canvas.drawPath(path, paint);
              canvas.translate(0, 1);
            }
            canvas.restore();
          });
        });
        break;
      case 'fillBox':
        withPaint(mark.colour, (paint) => canvas.drawRRect(boxOf(mark.box), paint));
        break;
      case 'strokeBox':
        withPaint(mark.colour, (paint) => {
          paint.setStyle(canvasKit.PaintStyle.Stroke);
          paint.setStrokeWidth(mark.widthPx);
          canvas.drawRRect(boxOf(mark.box), paint);
        });
        break;
      case 'clip':
        canvas.save();
        withPath(pathOf(canvasKit, [mark.inside], true), (path) =>
          canvas.clipPath(path, canvasKit.ClipOp.Intersect, true),
        );
        for (const inner of mark.marks) draw(canvas, inner);
        canvas.restore();
        break;
      case 'glow':
        withPaint([1, 1, 1, mark.opacity], (paint) =>
          canvas.drawImage(glow, GLOW_ORIGIN.x, GLOW_ORIGIN.y, paint),
        );
        break;
    }
  };

  return {
    paint(canvas, scene) {
      canvas.clear(canvasKit.BLACK);
      for (const layer of scene.layers) {
        for (const mark of layer.marks) draw(canvas, mark);
      }
    },
    dispose: () => glow.delete(),
  };
}

/** Builds one path from all lines. The caller deletes it. */
function pathOf(canvasKit: CanvasKit, lines: readonly Polyline[], closed: boolean): Path {
  let points = 0;
  for (const line of lines) points += line.length / 2;
  const verbs = new Uint8Array(points + (closed ? lines.length : 0));
  const coordinates = new Float32Array(2 * points);
  let verbAt = 0;
  let coordinateAt = 0;
  for (const line of lines) {
    verbs.fill(canvasKit.LINE_VERB, verbAt, verbAt + line.length / 2);
    verbs[verbAt] = canvasKit.MOVE_VERB;
    verbAt += line.length / 2;
    if (closed) {
      verbs[verbAt] = canvasKit.CLOSE_VERB;
      verbAt += 1;
    }
    coordinates.set(line, coordinateAt);
    coordinateAt += line.length;
  }
  return canvasKit.Path.MakeFromVerbsPointsWeights(verbs, coordinates);
}
