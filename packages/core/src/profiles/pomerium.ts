import type { HeaderProfile } from './header-profile.js';

/**
 * Pomerium with `jwt_claims_headers: [user, email, groups, name]`: `X-Pomerium-Claim-User`, `-Groups`, `-Name`, `-Email`;
 * groups joined by `,`. A missing claim is an empty header.
 *
 * The names are the operator's choice; these are what the list form of the setting gives. `user` is the subject that the
 * identity provider assigned.
 *
 * Source: Pomerium's documentation, “JWT Claim Headers”; `headers_evaluator_evaluation.go` in its source.
 */
export const pomerium: HeaderProfile = {
  id: 'pomerium',
  user: { header: 'X-Pomerium-Claim-User' },
  groups: { header: 'X-Pomerium-Claim-Groups', separator: ',' },
  name: { header: 'X-Pomerium-Claim-Name' },
  email: { header: 'X-Pomerium-Claim-Email' },
  alsoStripped: ['X-Pomerium-Jwt-Assertion'],
};
