import type { MiddlewareStack } from '@smithy/types';

/** The header of Signature Version 4 that holds the digest of the body; it is part of what is signed. */
const CONTENT_SHA256 = 'x-amz-content-sha256';

/**
 * Lets the signature of a request cover its body. For a stream the SDK signs without it, because it would have to read the stream
 * first; here the digest is known. The store compares and refuses other bytes, without any of the checksum extensions.
 *
 * @param sha256 digest of the body, 64 lowercase hexadecimal digits
 */
export function signContent<Input extends object, Output extends object>(
  stack: MiddlewareStack<Input, Output>,
  sha256: string,
): void {
  stack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      headers[CONTENT_SHA256] = sha256;
      return next(args);
    },
    { step: 'build', name: 'signContent' },
  );
}
