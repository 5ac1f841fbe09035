import { member } from '../compact/read-json-object.js';
import { isClaim } from './check-settings.js';
import { defineProvider, listOf, matching, objectOf } from './define-provider.js';
import type { AssertionProvider, Claims, OneOrMore, ProviderTuning } from './provider.js';

/** What {@link cloudflareAccess} has to be told. */
export interface CloudflareAccessOptions extends ProviderTuning {
  /** The team's name: `example` of `example.cloudflareaccess.com`. */
  readonly team: string;
  /** The application's AUD tag, 64 hexadecimal digits; several while it changes. */
  readonly audience: OneOrMore;
  /** Who a service token is, by its `common_name` (the client id): `{ '88bf3b6d86161464f6509f7219099e57.access': 'ci' }`. */
  readonly serviceTokens?: Readonly<Record<string, string>>;
}

/**
 * Cloudflare Access: `Cf-Access-Jwt-Assertion`, RS256, keys at `https://<team>.cloudflareaccess.com/cdn-cgi/access/certs`. The user is
 * `email`, unless said otherwise.
 *
 * Refuses service tokens, which are no persons, but those that `serviceTokens` names. Looks at no cookie: `CF_Authorization` holds the same
 * token, and what a page of another origin can make a browser send is no proof of where a request came from.
 *
 * Tokens live as long as the application's session: 24 hours at Cloudflare unless changed, here at most 31 days.
 *
 * Source: Cloudflare's documentation, “Validate JWTs” and “Application token”.
 */
export function cloudflareAccess(options: CloudflareAccessOptions): AssertionProvider {
  const { team, audience, serviceTokens = {} } = objectOf('cloudflareAccess', options);
  const name = matching(
    'team',
    team,
    /^[a-z0-9-]{1,63}$/,
    "'example' of example.cloudflareaccess.com",
  );
  const origin = `https://${name}.cloudflareaccess.com`;
  const tags = listOf(audience);
  for (const tag of Array.isArray(tags) ? tags : [tags]) {
    matching(
      'audience',
      tag,
      /^[0-9a-f]{64}$/,
      'the AUD tag of the application: 64 hexadecimal digits',
    );
  }
  const service = (claims: Claims): string | undefined => {
    const id = member(claims, 'common_name');
    return typeof id === 'string' && Object.hasOwn(serviceTokens, id)
      ? serviceTokens[id]
      : undefined;
  };
  const { user = 'email' } = options;
  const provider = defineProvider(options, ['team', 'audience', 'serviceTokens'], {
    name: 'cloudflare-access',
    header: 'Cf-Access-Jwt-Assertion',
    algorithms: ['RS256'],
    keys: { kind: 'jwks', url: `${origin}/cdn-cgi/access/certs` },
    issuer: [origin],
    audience: tags,
    claims: { user, name: 'name', email: 'email' },
    maxLifetimeSeconds: 2_678_400,
    refuses: (claims) =>
      isService(claims) && service(claims) === undefined
        ? 'it is a service token, and serviceTokens does not name it'
        : undefined,
  });
  if (Object.keys(serviceTokens).length === 0 || !isClaim(user)) return provider;
  const nameOf = (claims: Claims) => (isService(claims) ? service(claims) : userOf(claims, user));
  return { ...provider, claims: { ...provider.claims, user: nameOf } };
}

/** A service token has an empty subject, and its own name in `common_name`. */
function isService(claims: Claims): boolean {
  const sub = member(claims, 'sub');
  return Object.hasOwn(claims, 'common_name') || sub === '' || sub === undefined;
}

function userOf(claims: Claims, user: NonNullable<ProviderTuning['user']>): string | undefined {
  if (typeof user === 'function') return user(claims);
  const value = member(claims, user);
  return typeof value === 'string' ? value : undefined;
}
