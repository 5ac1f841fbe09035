/** The provider's id: what `signIn('trusted-header')` names, and what `account.provider` is. */
export const PROVIDER_ID = 'trusted-header';
