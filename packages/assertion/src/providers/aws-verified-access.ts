import { arnOf, domainOf, regionOf } from './aws.js';
import { arnsOf } from './aws-alb.js';
import { defineProvider, listOf, objectOf, refuseUnset } from './define-provider.js';
import type { AssertionProvider, OneOrMore, ProviderTuning } from './provider.js';

/** What {@link awsVerifiedAccess} has to be told. */
export interface AwsVerifiedAccessOptions extends ProviderTuning {
  /** `eu-central-1`. */
  readonly region: string;
  /** The instance's ARN: `arn:aws:ec2:eu-central-1:123456789012:verified-access-instance/vai-…`. */
  readonly signer: OneOrMore;
  /** The trust provider, as `iss` of the token's header says it: a URL, or an ARN. */
  readonly issuer?: OneOrMore;
}

/**
 * AWS Verified Access: `x-amzn-ava-user-context`, ES384, one PEM for each key at
 * `https://public-keys.prod.verified-access.<region>.amazonaws.com/<kid>`. The user is `sub`.
 *
 * `signer`, `iss` and `exp` are in the token's header, as those of {@link awsAlb}.
 *
 * Source: AWS's documentation, “User claims passing and signature verification in Verified Access”. Whether its parts carry padding is
 * not said there: both are taken.
 */
export function awsVerifiedAccess(options: AwsVerifiedAccessOptions): AssertionProvider {
  const { signer, issuer } = objectOf('awsVerifiedAccess', options);
  refuseUnset(options, ['issuer']);
  const region = regionOf(options.region);
  return defineProvider(options, ['region', 'signer', 'issuer'], {
    name: 'aws-verified-access',
    header: 'X-Amzn-Ava-User-Context',
    algorithms: ['ES384'],
    keys: {
      kind: 'pem-per-key',
      url: `https://public-keys.prod.verified-access.${region}.${domainOf(region)}`,
    },
    signer: arnsOf(signer).map((arn) =>
      arnOf('signer', arn, 'ec2', region, 'verified-access-instance'),
    ),
    ...(issuer !== undefined && { issuer: listOf(issuer) }),
    metadata: 'header',
    padded: true,
    claims: { user: 'sub', groups: 'groups', name: 'name', email: 'email' },
    maxLifetimeSeconds: 600,
  });
}
