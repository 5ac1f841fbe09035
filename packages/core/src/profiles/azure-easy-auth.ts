import type { HeaderProfile } from './header-profile.js';

/**
 * Azure App Service authentication (“Easy Auth”): `X-MS-CLIENT-PRINCIPAL-NAME`, with the account's id and the identity
 * provider as extras.
 *
 * Has no groups: they are inside the JSON of `X-MS-CLIENT-PRINCIPAL`, which is unsigned and which this profile leaves alone.
 *
 * Source: Microsoft's documentation, “Work with user identities in Azure App Service authentication”.
 */
export const azureEasyAuth: HeaderProfile = {
  id: 'azure-easy-auth',
  user: { header: 'X-MS-CLIENT-PRINCIPAL-NAME' },
  extra: {
    id: { header: 'X-MS-CLIENT-PRINCIPAL-ID' },
    identityProvider: { header: 'X-MS-CLIENT-PRINCIPAL-IDP' },
  },
  alsoStripped: ['X-MS-CLIENT-PRINCIPAL', 'X-MS-TOKEN-*'],
};
