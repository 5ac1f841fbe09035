import { describe, expect, it } from '@jest/globals';
import { redactPaths } from '../src/formatters/index.js';
import { createAuthenticator, withProof } from '../src/index.js';

const TRUSTED = { trustedProxies: '172.20.0.2' };

describe('redactPaths (O1)', () => {
  it('names the headers of the profile in all spellings, in brackets', () => {
    expect(redactPaths(createAuthenticator(TRUSTED))).toEqual([
      'req.headers["remote-user"]',
      'req.headers["remote_user"]',
      'req.headers["remote.user"]',
      'req.headers["remote-groups"]',
      'req.headers["remote_groups"]',
      'req.headers["remote.groups"]',
      'req.headers["remote-name"]',
      'req.headers["remote_name"]',
      'req.headers["remote.name"]',
      'req.headers["remote-email"]',
      'req.headers["remote_email"]',
      'req.headers["remote.email"]',
      'req.headers["trusted-header-probe"]',
      'req.headers["trusted_header_probe"]',
      'req.headers["trusted.header.probe"]',
    ]);
  });

  it('names the secret, what a product sends beside the claim, and the assertion of a proof', () => {
    const authenticator = createAuthenticator({
      ...TRUSTED,
      profile: 'authentik',
      sharedSecret: { header: 'X-Proxy-Secret', values: ['0123456789abcdef0123456789abcdef'] },
    });
    const proving = withProof(authenticator, {
      name: 'a token',
      headers: ['Cf-Access-Jwt-Assertion'],
      asks: 'claims',
      prove: async () => ({ kind: 'anonymous' }),
    });
    const paths = redactPaths(proving, ['request.headers', 'h']);
    for (const name of [
      'x-authentik-username',
      'x-authentik-jwt',
      'x-proxy-secret',
      'x_proxy_secret',
      'cf-access-jwt-assertion',
    ]) {
      expect(paths).toContain(`request.headers["${name}"]`);
      expect(paths).toContain(`h["${name}"]`);
    }
    // What is known by its beginning only has no path.
    expect(paths.filter((path) => path.includes('*'))).toEqual([]);
  });

  it('names nothing beside the secret of an authenticator that has one', () => {
    const sharedSecret = { header: 'X-Secret', values: ['0123456789abcdef0123456789abcdef'] };
    const paths = redactPaths(createAuthenticator({ ...TRUSTED, sharedSecret }), ['h']);
    expect(paths.filter((path) => !path.includes('remote') && !path.includes('probe'))).toEqual([
      'h["x-secret"]',
      'h["x_secret"]',
      'h["x.secret"]',
    ]);
  });

  it('is no empty list for something else, of which nothing would be redacted', () => {
    const other = () => redactPaths(JSON.parse('{ "trustedProxies": "172.20.0.2" }'));
    expect(other).toThrow(
      'authenticator: {"trustedProxies":"172.20.0.2"} is no authenticator; write createAuthenticator({ … })',
    );
    expect(other).toThrow(expect.objectContaining({ code: 'option-invalid' }));
  });

  it('names each path once, and a vendor’s name as it is sent', () => {
    const paths = redactPaths(createAuthenticator({ ...TRUSTED, profile: 'siteminder' }));
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toContain('req.headers["sm_user"]');
  });
});
