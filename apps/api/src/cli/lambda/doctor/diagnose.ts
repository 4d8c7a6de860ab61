import type { VideoStore } from '../../../store/store.ts';
import type { LambdaVariables } from '../lambda-variables.ts';
import { openAwsPlace } from '../remotion-lambda.ts';
import { accountChecks } from './account-checks.ts';
import { type Finding, runCheck } from './check.ts';
import { deploymentChecks } from './deployment-checks.ts';
import { storeChecks } from './store-checks.ts';
import { webhookCheck } from './webhook-check.ts';

/**
 * Looks at everything that a render on Lambda needs, one after the other, and changes nothing.
 *
 * @param options.publicBaseUrl of the API
 * @param options.origin a page's that shows videos
 * @param options.onFinding hears each finding as it is made
 * @throws StartupError when the region is none of AWS's
 */
export async function diagnose(
  variables: LambdaVariables,
  options: {
    store: VideoStore;
    publicBaseUrl: string;
    origin: string;
    onFinding: (finding: Finding) => void;
  },
): Promise<Finding[]> {
  const place = await openAwsPlace(variables.REMOTION_AWS_REGION);
  const checks = [
    ...accountChecks(place, variables.REMOTION_AWS_CONCURRENCY),
    ...deploymentChecks(place, variables),
    webhookCheck(options.publicBaseUrl, variables.REMOTION_AWS_WEBHOOK_SECRET),
    ...storeChecks(options.store, options.origin),
  ];
  const findings: Finding[] = [];
  for (const check of checks) {
    const finding = await runCheck(check);
    options.onFinding(finding);
    findings.push(finding);
  }
  return findings;
}
