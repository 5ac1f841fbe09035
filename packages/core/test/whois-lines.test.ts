import { expect, it } from '@jest/globals';
import { createAuthenticator, type Verdict, withProof } from '../src/index.js';

const refused = (reason: 'proof-missing' | 'proof-invalid' | 'proof-unavailable'): Verdict => ({
  kind: 'refused',
  reason,
  detail: 'why',
});

it.each([
  [
    refused('proof-missing'),
    'trusted-header: peer 100.64.0.9 is nobody whom Tailscale knows (why); nodes of the tailnet are known where they connect to the application directly, anything else from there is to be refused',
  ],
  [
    refused('proof-invalid'),
    'trusted-header: peer 100.64.0.9 is known to Tailscale, and is no user here (why); `tagged` and `shared` of tailscaleWhois() say who else may be one',
  ],
  [
    refused('proof-unavailable'),
    'trusted-header: peer 100.64.0.9 sent a request about which nobody could be asked, tailscale-whois (why); see that what answers runs and can be reached; such requests get 503 until then',
  ],
])(
  'a line about Tailscale says nothing of headers, which nobody needs to have sent',
  async (verdict, line) => {
    const lines: string[] = [];
    const authenticator = createAuthenticator({
      trustedProxies: '100.64.0.9',
      log: (text) => lines.push(text),
    });
    const prove = (): Verdict => verdict;
    const proof = { name: 'tailscale-whois', headers: [], asks: 'always', prove } as const;
    await withProof(authenticator, proof).authenticate({ peer: '100.64.0.9', rawHeaders: [] });
    expect(lines).toEqual([line]);
  },
);
