import { describe, expect, it } from '@jest/globals';
import { describeReply } from '../src/check/describe-reply.js';

const PORTAL = 'http://127.0.0.1:9091';

describe('describeReply', () => {
  it('tells a redirect to the portal from any other', () => {
    expect(redirect('http://127.0.0.1:9091/?rd=x')).toBe('302 to the portal');
    expect(redirect('http://127.0.0.1:9091.evil.test/')).toBe(
      '302 to http://127.0.0.1:9091.evil.test/',
    );
    expect(redirect('/login')).toBe('302 to /login');
  });

  it('shows all of an identity: absent is a dash, empty is empty, and what is too much is shown', () => {
    expect(whoami({ decision: 'authenticated', identity: { user: 'zoe', groups: [] } })).toBe(
      '200 zoe · – · – · []',
    );
    expect(
      whoami({ decision: 'anonymous', identity: { user: '', extra: { uid: '0' } }, peer: '::1' }),
    ).toBe('200 anonymous ·  · – · – · – · {"extra":{"uid":"0"},"peer":"::1"}');
    const identity = { user: 'zoe' };
    const account = { id: '1', createdAt: '2026', roles: ['admin', 'member'] };
    expect(whoami({ decision: 'authenticated', identity, account })).toBe(
      '200 zoe · – · – · – · admin, member',
    );
    expect(whoami({ decision: 'authenticated', identity, account: {} })).toBe(
      '200 zoe · – · – · – · no role',
    );
    expect(whoami({ decision: 'anonymous' })).toBe('200 anonymous · – · – · – · –');
  });
});

function redirect(location: string): string {
  return describeReply({ status: 302, headers: { location }, body: '' }, PORTAL);
}

function whoami(body: unknown): string {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return describeReply({ status: 200, headers, body: JSON.stringify(body) }, PORTAL);
}
