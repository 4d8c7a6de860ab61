import { COMPOSITION_ID } from '@defrag/composition/remotion/composition-id';
import { RENDERER_VERSION, type VideoInputs } from '@defrag/core';
import {
  type AwsRegion,
  cancelRenderOnLambda,
  getRenderProgress,
  type RenderProgress,
  renderMediaOnLambda,
} from '@remotion/lambda-client';
import { compositionProps } from '../remotion/composition-props.ts';
import type { LambdaSettings } from './settings.ts';

/** What is asked of AWS for renders. Everything rejects with the error of the SDK or of Remotion. */
export interface LambdaAws {
  /**
   * Lets the function begin a render. @returns Remotion's id of it
   *
   * @param render.id comes back with the webhook
   * @param render.objectKey where in our bucket the file goes
   */
  invoke(render: {
    readonly id: string;
    readonly inputs: VideoInputs;
    readonly videoHash: string;
    readonly objectKey: string;
    readonly framesPerLambda: number;
  }): Promise<string>;
  /** How far a render is. No function is invoked for it. */
  progress(remotionRenderId: string): Promise<RenderProgress>;
  /** Lets the invocations of a render end within seconds. */
  cancel(remotionRenderId: string): Promise<void>;
}

/**
 * How the frames become H.264, as far as Remotion lets it be said. Between the embedded engine's quantizer and this there is no visible
 * difference: at least 40 dB on every frame. B-frames and deblocking cannot be turned off on Lambda.
 */
const ENCODING = {
  codec: 'h264',
  // The defaults, JPEG and BT.601, would change the pixels.
  imageFormat: 'png',
  colorSpace: 'bt709',
  pixelFormat: 'yuv420p',
  x264Preset: 'veryfast',
  crf: 18,
  gopSize: 5,
  muted: true,
} as const;

/** Milliseconds for a connection to AWS, and for the answer of a function that begins a render, which may be cold. */
const INVOKE_PATIENCE = { connectionTimeout: 3_000, requestTimeout: 60_000 };

/** The same for reading and writing Remotion's notes. */
const NOTES_PATIENCE = { connectionTimeout: 3_000, requestTimeout: 5_000 };

/** Makes the connection. The AWS key is taken from the environment, by Remotion's own rules. */
export function createLambdaAws(settings: LambdaSettings): LambdaAws {
  const { functionName, serveUrl, bucket, output, webhook } = settings;
  const region = settings.region as AwsRegion;
  return {
    async invoke({ id, inputs, videoHash, objectKey, framesPerLambda }) {
      const { renderId } = await renderMediaOnLambda({
        region,
        functionName,
        serveUrl,
        composition: COMPOSITION_ID,
        inputProps: compositionProps(inputs),
        ...ENCODING,
        framesPerLambda,
        // Remotion retries single chunks only after errors that it knows; the whole render is the queue's to try again.
        maxRetries: 1,
        enableCancellation: true,
        // Nobody else writes under this key, so nothing is overwritten, and Remotion need not look.
        overwrite: true,
        // Buckets of R2 know no access lists.
        privacy: 'no-acl',
        forceBucketName: bucket,
        // Scores and seed stand in Remotion's notes on the render; let them not stay there, nor in its log.
        deleteAfter: '1-day',
        logLevel: 'error',
        metadata: { description: `video_hash=${videoHash} renderer_version=${RENDERER_VERSION}` },
        webhook: { ...webhook, customData: { id } },
        outName: {
          bucketName: output.bucket,
          key: objectKey,
          s3OutputProvider: {
            endpoint: output.endpoint,
            region: 'auto',
            forcePathStyle: true,
            accessKeyId: output.accessKeyId,
            secretAccessKey: output.secretAccessKey,
          },
        },
        requestHandler: INVOKE_PATIENCE,
      });
      return renderId;
    },
    progress: (renderId) =>
      getRenderProgress({
        region,
        functionName,
        bucketName: bucket,
        renderId,
        skipLambdaInvocation: true,
        requestHandler: NOTES_PATIENCE,
      }),
    cancel: (renderId) =>
      cancelRenderOnLambda({ region, bucketName: bucket, renderId, requestHandler: NOTES_PATIENCE }),
  };
}
