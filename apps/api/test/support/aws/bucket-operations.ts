import type { S3Server } from '../s3/s3-server.ts';
import type { AwsAccount } from './aws-account.ts';
import { type AwsAnswer, AwsError, xml } from './aws-answer.ts';

/**
 * What S3 is asked of buckets as a whole.
 *
 * @returns undefined for everything else, which is the S3 server's to answer
 */
export function answerBuckets(
  account: AwsAccount,
  s3: S3Server,
  request: { method: string; url: URL; body: string },
): AwsAnswer | undefined {
  const { method, url, body } = request;
  const [, bucket = '', ...key] = url.pathname.split('/');
  if (bucket === '') return listBuckets(account);
  if (key.join('') !== '') return undefined;
  const [aspect] = [...url.searchParams.keys()].filter((name) => name !== 'x-id');
  if (method === 'PUT' && aspect === undefined) {
    account.operations.push('CreateBucket');
    account.buckets.set(bucket, new Map());
    s3.addPublicBucket(bucket);
    return { status: 200, headers: { location: `/${bucket}` }, body: '' };
  }
  if (aspect === 'location') return location(account, bucket);
  if (aspect === undefined || !/^(ownershipControls|publicAccessBlock|policy|acl|lifecycle)$/.test(aspect)) {
    return undefined;
  }
  account.operations.push(`${method} ${aspect}`);
  find(account, bucket).set(aspect, method === 'DELETE' ? 'deleted' : body);
  return { status: method === 'DELETE' ? 204 : 200, body: '' };
}

function listBuckets(account: AwsAccount): AwsAnswer {
  account.operations.push('ListBuckets');
  const buckets = [...account.buckets.keys()].map(
    (name) => `<Bucket><Name>${name}</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate></Bucket>`,
  );
  return xml(
    `<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Buckets>${buckets.join('')}</Buckets></ListAllMyBucketsResult>`,
  );
}

function location(account: AwsAccount, bucket: string): AwsAnswer {
  account.operations.push('GetBucketLocation');
  find(account, bucket);
  return xml(
    '<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-central-1</LocationConstraint>',
  );
}

function find(account: AwsAccount, bucket: string): Map<string, string> {
  const found = account.buckets.get(bucket);
  if (found === undefined) throw new AwsError(404, 'NoSuchBucket', 'The specified bucket does not exist');
  return found;
}
