import { defineProvider, listOf, matching, objectOf } from './define-provider.js';
import type { AssertionProvider, OneOrMore, ProviderTuning } from './provider.js';

/** What {@link azure} has to be told. */
export interface AzureOptions extends ProviderTuning {
  /** The tenant's id: a UUID. `common` and `organizations` are everybody's, and refused. */
  readonly tenant: string;
  /** The application's (client) id. */
  readonly audience: OneOrMore;
  /** `iss` of the tokens, where it is not `https://login.microsoftonline.com/<tenant>/v2.0`. */
  readonly issuer?: OneOrMore;
}

/**
 * Azure App Service (“Easy Auth”): the ID token in `X-MS-TOKEN-AAD-ID-TOKEN`, which is there while the token store is on. The user is
 * `preferred_username`, which can be given to somebody else later; `user: 'oid'` cannot.
 *
 * `X-MS-CLIENT-PRINCIPAL` and its like are unsigned, and no assertion.
 *
 * Source: Microsoft's documentation, “ID token claims reference” and “Work with OAuth tokens in Azure App Service authentication”.
 */
export function azure(options: AzureOptions): AssertionProvider {
  const { audience, issuer } = objectOf('azure', options);
  const tenant = matching(
    'tenant',
    options.tenant,
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    'the tenant’s id: 00000000-0000-0000-0000-000000000000',
  );
  const authority = `https://login.microsoftonline.com/${tenant}`;
  return defineProvider(options, ['tenant', 'audience', 'issuer'], {
    name: 'azure',
    header: 'X-MS-TOKEN-AAD-ID-TOKEN',
    algorithms: ['RS256'],
    keys: { kind: 'jwks', url: `${authority}/discovery/v2.0/keys` },
    issuer: issuer === undefined ? [`${authority}/v2.0`] : listOf(issuer),
    audience: listOf(audience),
    claims: { user: 'preferred_username', groups: 'groups', name: 'name', email: 'email' },
  });
}
