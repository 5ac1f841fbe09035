import { arnOf, domainOf, regionOf } from './aws.js';
import { defineProvider, listOf, objectOf, refuseUnset } from './define-provider.js';
import type { AssertionProvider, OneOrMore, ProviderTuning } from './provider.js';

/** What {@link awsAlb} has to be told. */
export interface AwsAlbOptions extends ProviderTuning {
  /** `eu-central-1`. */
  readonly region: string;
  /** The load balancer's ARN: `arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/…`. */
  readonly signer: OneOrMore;
  /** The client id at the identity provider. */
  readonly client?: OneOrMore;
  /** The identity provider, as `iss` of the token's header says it. */
  readonly issuer?: OneOrMore;
}

const GOVERNMENT = ['us-gov-west-1', 'us-gov-east-1'];

/**
 * AWS Application Load Balancer: `x-amzn-oidc-data`, ES256, one PEM for each key. The user is `sub`.
 *
 * All load balancers of a region sign with the same keys: without `signer` anybody's could name your users. `signer`, `client`, `iss`
 * and `exp` are in the token's *header*, and are looked at before a key is fetched; an `exp` in the payload counts as well. The parts
 * carry padding, which is signed: it is never taken off. Groups are in no claim that is the same everywhere; say which.
 *
 * Source: AWS's documentation, “Authenticate users using an Application Load Balancer”; aws-jwt-verify 5.2.1. That keys of regions in China
 * are below `amazonaws.com.cn` was found in a project's documentation only.
 */
export function awsAlb(options: AwsAlbOptions): AssertionProvider {
  const { signer, client, issuer } = objectOf('awsAlb', options);
  refuseUnset(options, ['client', 'issuer']);
  const region = regionOf(options.region);
  return defineProvider(options, ['region', 'signer', 'client', 'issuer'], {
    name: 'aws-alb',
    header: 'X-Amzn-Oidc-Data',
    algorithms: ['ES256'],
    keys: { kind: 'pem-per-key', url: keysOf(region) },
    signer: arnsOf(signer).map((arn) =>
      arnOf('signer', arn, 'elasticloadbalancing', region, 'loadbalancer/app'),
    ),
    ...(client !== undefined && { client: listOf(client) }),
    ...(issuer !== undefined && { issuer: listOf(issuer) }),
    metadata: 'header',
    padded: true,
    claims: { user: 'sub', name: 'name', email: 'email' },
    maxLifetimeSeconds: 600,
  });
}

function keysOf(region: string): string {
  return GOVERNMENT.includes(region)
    ? `https://s3-${region}.amazonaws.com/aws-elb-public-keys-prod-${region}`
    : `https://public-keys.auth.elb.${region}.${domainOf(region)}`;
}

/** What is no list is one, for the check of each. */
export function arnsOf(signer: OneOrMore): readonly string[] {
  const arns: unknown = listOf(signer);
  return Array.isArray(arns) ? arns : [String(arns)];
}
