import { createAuthenticator } from '../src/index.js';

const authenticators = (
  ['utf-8', 'latin1', 'percent', 'rfc2047', 'base64', 'base64url'] as const
).map((encoding) =>
  createAuthenticator({
    trustedProxies: '172.20.0.2',
    log: false,
    profile: { id: 'fuzz', user: { header: 'Remote-User', encoding } },
  }),
);

/** Any bytes in any encoding: an identity is well-formed text of bounded length, or there is none. */
export function fuzz(data: Buffer): void {
  const rawHeaders = ['Remote-User', data.toString('latin1')];
  for (const { authenticate } of authenticators) {
    const decision = authenticate({ peer: '172.20.0.2', rawHeaders });
    if (decision.kind !== 'authenticated') continue;
    const { user } = decision.identity;
    if (Buffer.from(user).toString() !== user) throw new Error('text that is not well-formed');
    if (Buffer.byteLength(user) > 1_024)
      throw new Error(`a user of ${Buffer.byteLength(user)} bytes`);
  }
}
