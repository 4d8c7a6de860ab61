/** Id of the composition in Remotion. */
export const COMPOSITION_ID = 'defrag-video';
