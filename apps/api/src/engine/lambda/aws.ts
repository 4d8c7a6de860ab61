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

/** The calls to AWS for renders. They reject with the error of the SDK or of Remotion. */
export interface LambdaAws {
  /**
   * Starts a render.
   *
   * @param render.id returned by the webhook
   * @param render.objectKey key of the file in our bucket
   * @returns Remotion's id of the render
   */
  invoke(render: {
    readonly id: string;
    readonly inputs: VideoInputs;
    readonly videoHash: string;
    readonly objectKey: string;
    readonly framesPerLambda: number;
  }): Promise<string>;
  /** Reads the progress of a render without invoking the function. */
  progress(remotionRenderId: string): Promise<RenderProgress>;
  /** Stops the invocations of a render within seconds. */
  cancel(remotionRenderId: string): Promise<void>;
}

/**
 * The settings of H.264 that Remotion has on Lambda; B-frames and deblocking cannot be turned off. The difference to the embedded
 * engine is invisible: at least 40 dB on every frame.
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

/** Milliseconds. The start of a render may be cold. */
const INVOKE_PATIENCE = { connectionTimeout: 3_000, requestTimeout: 60_000 };

/** Milliseconds for reading and writing Remotion's notes on a render. */
const NOTES_PATIENCE = { connectionTimeout: 3_000, requestTimeout: 5_000 };

/** Remotion's client. It reads the AWS key from the environment. */
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
        // Remotion retries a chunk only after errors that it knows. Otherwise the queue retries the whole render.
        maxRetries: 1,
        enableCancellation: true,
        // The key is unique, so Remotion need not check for an existing file.
        overwrite: true,
        // R2 has no ACLs.
        privacy: 'no-acl',
        forceBucketName: bucket,
        // Remotion's notes and debug log contain scores and seed.
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
