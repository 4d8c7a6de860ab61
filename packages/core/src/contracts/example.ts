import { videoInputs } from '../inputs/video-inputs.ts';

const inputs = videoInputs({ frictionScore: 72, pressureScore: 55, seed: 'demo-seed-1' });

/** Prefix of the example URLs. The OpenAPI document of a server has its own public URL instead. */
export const EXAMPLE_BASE_URL = 'https://video.example.com';

/** The video that the examples of all contracts show. */
export const EXAMPLE_VIDEO = {
  hash: inputs.hash,
  canonicalInputs: inputs.canonical,
  url: `${EXAMPLE_BASE_URL}/${inputs.key}`,
  seed: inputs.seed,
};
