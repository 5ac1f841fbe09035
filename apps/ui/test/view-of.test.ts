import { describe, expect, it } from '@jest/globals';
import { viewOf } from '../src/view/view-of.js';

const ANONYMOUS = { kind: 'anonymous', trusted: false } as const;

describe('viewOf', () => {
  it('shows the identity of an authenticated request, and where it was vouched for', () => {
    const identity = { user: 'zoe', groups: [] };
    const source = { kind: 'unix', path: '/run/app.sock' } as const;
    const view = viewOf('Hono', { kind: 'authenticated', identity, source }, {});
    expect(view.identity).toBe(identity);
    expect(view.decision).toBe('authenticated');
    expect(view.explanation.reasons[0]).toBe(
      'The connection came from the Unix socket /run/app.sock, which is on this app’s list of trusted proxies.',
    );
  });

  it('tells a request that came past the proxy from one for which the proxy named nobody', () => {
    expect(viewOf('Hono', ANONYMOUS, {}).explanation.reasons[0]).toBe(
      'The connection did not come from a trusted proxy, and the request claimed nothing.',
    );
    expect(viewOf('Hono', { kind: 'anonymous', trusted: true }, {}).explanation.reasons[0]).toBe(
      'The connection came from a trusted proxy, and the proxy named nobody.',
    );
  });

  it('shows nobody for a refused claim, and gives no address away', () => {
    const view = viewOf(
      'Hono',
      { kind: 'refused', reason: 'peer-untrusted', peer: '172.20.0.5' },
      {},
    );
    expect(view.identity).toBeUndefined();
    expect(JSON.stringify(view)).not.toContain('172.20.0.5');
  });

  it('links to the portal only where there is one', () => {
    for (const links of [{}, { portalUrl: '', appUrl: '' }]) {
      const expected = { signInUrl: '/', signOutUrl: undefined };
      expect(viewOf('Hono', ANONYMOUS, links)).toMatchObject(expected);
    }
    expect(viewOf('Hono', ANONYMOUS, { portalUrl: 'https://auth.example.com' }).signOutUrl).toBe(
      'https://auth.example.com/logout',
    );
    expect(
      viewOf('Hono', ANONYMOUS, {
        portalUrl: 'https://auth.example.com',
        appUrl: 'https://app.example.com',
      }),
    ).toMatchObject({
      signInUrl: 'https://app.example.com',
      signOutUrl: 'https://auth.example.com/logout?rd=https%3A%2F%2Fapp.example.com%2Fpublic',
    });
  });
});
