import type { HeaderProfile } from './header-profile.js';

/**
 * An AWS Application Load Balancer with an authenticate action: `X-Amzn-Oidc-Identity`, the `sub` of the identity provider. Name,
 * email and groups are inside `X-Amzn-Oidc-Data`, a signed token, which this profile does not read. With
 * `OnUnauthenticatedRequest: allow` visitors come without headers.
 *
 * An address alone is not safe: a load balancer has several, which change, and `X-Amzn-Oidc-Identity` has no signature. AWS asks to
 * verify that of `X-Amzn-Oidc-Data`, and its signer, before anybody is let in.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export const awsAlb: HeaderProfile = {
  id: 'aws-alb',
  user: { header: 'X-Amzn-Oidc-Identity' },
  alsoStripped: ['X-Amzn-Oidc-Data', 'X-Amzn-Oidc-Accesstoken'],
};
