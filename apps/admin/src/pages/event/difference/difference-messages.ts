/** Two pictures that the worker is to compare; it takes both over. */
export interface DifferenceRequest {
  readonly id: number;
  readonly preview: ImageBitmap;
  readonly video: ImageBitmap;
}

/** What the worker found, or why it could not. */
export type DifferenceAnswer =
  | {
      readonly id: number;
      readonly meanShare: number;
      readonly maxShare: number;
      readonly picture: ImageBitmap;
    }
  | { readonly id: number; readonly error: string };
