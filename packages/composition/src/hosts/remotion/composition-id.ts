/** The id under which Remotion finds the composition. */
export const COMPOSITION_ID = 'defrag-video';
