import { headBucket, listObjects } from './bucket-operations.ts';
import { copyObject } from './copy-object.ts';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listMultipartUploads,
  listParts,
  uploadPart,
} from './multipart-operations.ts';
import { deleteObject, getObject, headObject, putObject } from './object-operations.ts';
import type { S3Operation } from './operation.ts';
import { S3Error } from './s3-error.ts';
import { header, type S3Request } from './s3-request.ts';

/** Parameters that choose between operations; every other name of this kind (`acl`, `tagging` ...) is one that is not here. */
const OBJECT_OPERATIONS: Readonly<Record<string, Readonly<Record<string, S3Operation>>>> = {
  '': { GET: getObject, HEAD: headObject, PUT: putObject, DELETE: deleteObject },
  uploads: { POST: createMultipartUpload },
  uploadId: { GET: listParts, POST: completeMultipartUpload, DELETE: abortMultipartUpload, PUT: uploadPart },
};

const BUCKET_OPERATIONS: typeof OBJECT_OPERATIONS = {
  '': { GET: listObjects, HEAD: headBucket },
  uploads: { GET: listMultipartUploads },
};

/** Parameters that choose nothing, but say something to an operation or to the signature. */
const PLAIN_PARAMETERS =
  /^(x-id|partNumber|prefix|list-type|max-keys|delimiter|continuation-token|start-after|encoding-type|X-Amz-.*|x-amz-.*)$/;

/** Which operation a request asks for. @throws S3Error NotImplemented, MethodNotAllowed */
export function findOperation(request: S3Request): S3Operation {
  const { method, bucket, key, query } = request;
  if (bucket === '') throw new S3Error('NotImplemented', 'Lists of buckets are not implemented.');
  const choosing = query.map(([name]) => name).filter((name) => !PLAIN_PARAMETERS.test(name));
  const operations = (key === '' ? BUCKET_OPERATIONS : OBJECT_OPERATIONS)[choosing.join('&')];
  if (operations === undefined) throw new S3Error('NotImplemented', `?${choosing} is not implemented.`);
  const operation = operations[method];
  if (operation === undefined) throw new S3Error('MethodNotAllowed', 'The method is not allowed here.');
  const isCopy = operation === putObject && header(request, 'x-amz-copy-source') !== undefined;
  return isCopy ? copyObject : operation;
}
