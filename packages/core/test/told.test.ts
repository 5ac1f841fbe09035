import { describe, expect, it, jest } from '@jest/globals';
import {
  type AuthenticatorOptions,
  compileAdmission,
  compileGuard,
  createAuthenticator,
  type DecisionEvent,
  type Guard,
  type Policy,
  type RequestFacts,
  refusalOf,
  tellDenial,
  tellRefusal,
} from '../src/index.js';

const PROXY = '172.20.0.2';
const STRANGER = '172.20.0.5';

interface Told {
  readonly lines: string[];
  readonly logged: (DecisionEvent | undefined)[];
  readonly events: DecisionEvent[];
}

/** What is told about requests, and about what a guard makes of their decisions. */
function told(
  options: Partial<AuthenticatorOptions>,
  judge: Guard,
  ...requests: readonly (Partial<RequestFacts> & { readonly rawHeaders: readonly string[] })[]
): Told {
  const all: Told = { lines: [], logged: [], events: [] };
  const { authenticate } = createAuthenticator({
    trustedProxies: [PROXY, 'unix:/run/app.sock'],
    log: (line, event) => {
      all.lines.push(line);
      all.logged.push(event);
    },
    onDecision: (event) => all.events.push(event),
    ...options,
  });
  for (const request of requests) judge(authenticate({ peer: PROXY, ...request }));
  return all;
}

const letsAnybody: Guard = (decision) => refusalOf(decision, 'allow');
const asksForAUser: Guard = (decision) => refusalOf(decision, 'refuse');

function denied(policy: Policy, ...groups: string[]): string[] {
  const rawHeaders = ['Remote-User', 'kim', ...groups.flatMap((text) => ['Remote-Groups', text])];
  return told({}, compileGuard(policy), { rawHeaders }).lines;
}

describe('an application that denies (D3)', () => {
  it('is told of as a policy is, also to observers', () => {
    const denial = { reason: 'user-unknown', detail: 'find gave null' } as const;
    const { lines, events } = told(
      {},
      (decision) => {
        tellDenial(decision, denial);
        return undefined;
      },
      { rawHeaders: ['Remote-User', 'kim'] },
      { rawHeaders: [] },
    );
    expect(lines).toEqual([
      'trusted-header: a user from 172.20.0.2 was denied: user-unknown; find gave null',
    ]);
    expect(events.map((event) => event.denied)).toEqual([undefined, denial, undefined]);
  });
});

describe('a policy that denies (D3)', () => {
  it('says what the route asked for, and how many groups there were', () => {
    expect(denied({ groups: { anyOf: ['admins', 'ops'] } }, 'dev,qa,x')).toEqual([
      'trusted-header: a user from 172.20.0.2 was denied: group-missing; the route asks for one of the groups "admins", "ops"; the user has 3 groups (Remote-Groups)',
    ]);
  });

  it.each<[groups: string[], policy: Policy, says: string]>([
    [['/admins'], { groups: { anyOf: ['admins'] } }, '"admins" is there with a / before it'],
    [['Admins'], { groups: { anyOf: ['admins'] } }, '"admins" is there in another case'],
    [['CN=admins,OU=x'], { groups: { anyOf: ['admins'] } }, 'split at its commas'],
    [
      ['CN=Whisper_Users,CN=Users,DC=example,DC=local'],
      { groups: { anyOf: ['CN=Whisper_Users,CN=Users,DC=example,DC=local'] } },
      "format: 'dn-list'",
    ],
    [['dev'], { groups: { allOf: ['dev', 'ops'] } }, 'asks for all of the groups "dev", "ops"'],
    [['dev'], { groups: { anyOf: ['a'], allOf: ['b'] } }, 'one of the groups "a" and all of the'],
    [['dev'], { groups: { anyOf: [] } }, 'asks for one of no groups'],
    [['a'], { groups: { anyOf: ['b'] } }, 'the user has 1 group (Remote-Groups)'],
    [[''], { groups: { anyOf: ['b'] } }, 'the user has no groups (Remote-Groups is empty)'],
    [[], { groups: { anyOf: ['b'] } }, 'came without Remote-Groups'],
    [['dev'], { users: ['root', 'Kim'] }, 'one of 2 users; one is there in another case'],
    [['dev'], { users: ['root'] }, 'the route asks for one of 1 user'],
    [['dev'], {}, 'the policy has no condition, and admits nobody'],
    [
      ['dev'],
      { groups: { anyOf: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] } },
      '"a", "b", "c", "d", "e" and 2 more',
    ],
  ])('%j, %j: %s', (groups, policy, says) => {
    const lines = denied(policy, ...groups);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(says);
  });

  it('says nothing of another case where case makes no difference', () => {
    const policy: Policy = { groups: { anyOf: ['ops'] }, match: 'lower' };
    expect(denied(policy, 'OPS')).toEqual([]);
    expect(denied({ ...policy, groups: { allOf: ['ops', 'qa'] } }, 'OPS')[0]).not.toContain('case');
  });

  it('holds no header value', () => {
    const rawHeaders = ['Remote-User', 'evil', 'Remote-Groups', '/evil,CN=evil,DC=evil,EVIL'];
    const { lines } = told({}, compileGuard({ groups: { anyOf: ['x'] } }), { rawHeaders });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/evil/i);
  });

  it('names a Unix socket', () => {
    const facts = { peer: undefined, unixSocket: '/run/app.sock' };
    const rawHeaders = ['Remote-User', 'kim', 'Remote-Email', 'none'];
    const { lines } = told({}, compileGuard({}), { ...facts, rawHeaders });
    expect(lines).toEqual([
      'trusted-header: peer unix:/run/app.sock sent Remote-Email in a form that cannot be read (not one @ between two parts); it was left out, and the login went on',
      'trusted-header: a user from unix:/run/app.sock was denied: policy-empty; the policy has no condition, and admits nobody',
    ]);
  });

  it('is told to onDecision as well, after the decision', () => {
    const guard = compileGuard({ groups: { anyOf: ['ops'] } });
    const { events, logged } = told({}, guard, {
      rawHeaders: ['Remote-User', 'kim', 'Remote-Groups', 'dev'],
    });
    expect(events.map((event) => event.denied)).toEqual([
      undefined,
      {
        reason: 'group-missing',
        detail: 'the route asks for one of the groups "ops"; the user has 1 group (Remote-Groups)',
      },
    ]);
    expect(events[1]?.decision).toEqual(events[0]?.decision);
    expect(logged).toEqual([events[1]]);
  });

  it('is told where only onDecision listens, and to nobody where nobody does', () => {
    const rawHeaders = ['Remote-User', 'kim'];
    const guard = compileGuard({ users: [] });
    expect(told({ log: false }, guard, { rawHeaders }).events).toHaveLength(2);
    const silent = createAuthenticator({ trustedProxies: PROXY, log: false });
    expect(guard(silent.authenticate({ peer: PROXY, rawHeaders }))).toEqual({
      kind: 'denied',
      reason: 'user-not-allowed',
    });
  });

  it('comes once a minute for each route, however many are denied', () => {
    const [ops, qa] = ['ops', 'qa'].map((name) => compileGuard({ groups: { anyOf: [name] } }));
    const rawHeaders = ['Remote-User', 'kim', 'Remote-Groups', 'dev'];
    const both: Guard = (decision) => ops?.(decision) && qa?.(decision);
    const requests = Array.from({ length: 9 }, () => ({ rawHeaders }));
    expect(told({}, both, ...requests).lines).toHaveLength(2);
  });

  it('of a decision that was made by hand has nobody to be told to', () => {
    const guard = compileGuard({ users: [] });
    const source = { kind: 'address', address: PROXY } as const;
    const byHand = { kind: 'authenticated', identity: { user: 'kim' }, source } as const;
    expect(guard(byHand)).toMatchObject({ kind: 'denied' });
    expect(() => tellDenial(byHand, { reason: 'user-unknown', detail: '' })).not.toThrow();
  });

  it('does not fail with its observer', () => {
    const fail = (): never => {
      throw new Error('observer');
    };
    const rawHeaders = ['Remote-User', 'kim'];
    const { authenticate } = createAuthenticator({
      trustedProxies: PROXY,
      log: fail,
      onDecision: fail,
    });
    expect(compileGuard({ users: [] })(authenticate({ peer: PROXY, rawHeaders }))).toMatchObject({
      kind: 'denied',
    });
  });
});

describe('a 401 of a request that came from the proxy (D3)', () => {
  const LINE =
    'trusted-header: the proxy 172.20.0.2 sent a request without Remote-User; if that person is signed in, make it copy the headers of the authorization response (npx @trusted-header/cli proxy-config)';

  it('says that the proxy copies no header', () => {
    const { lines, logged } = told({}, asksForAUser, { rawHeaders: ['Accept', '*/*'] });
    expect(lines).toEqual([LINE]);
    expect(logged).toEqual([
      {
        decision: { kind: 'anonymous', trusted: true },
        warnings: [],
        time: expect.any(Number),
        reason: 'authentication-required',
      },
    ]);
  });

  it('is one line a minute, whatever is asked', () => {
    const requests = Array.from({ length: 9 }, () => ({ rawHeaders: [] }));
    expect(told({}, asksForAUser, ...requests).lines).toHaveLength(1);
    expect(told({}, compileGuard(), ...requests).lines).toEqual([LINE]);
  });

  it('names the proxy that sent it, whichever it is', () => {
    const trustedProxies = [PROXY, '172.20.0.3'];
    const nobody = (peer: string) => ({ peer, rawHeaders: [] });
    const requests = [PROXY, '172.20.0.3', PROXY].map(nobody);
    expect(told({ trustedProxies }, asksForAUser, ...requests).lines).toEqual([
      expect.stringContaining('the proxy 172.20.0.2 sent'),
      expect.stringContaining('the proxy 172.20.0.3 sent'),
    ]);
  });

  it('asks what the profile is, where the headers name somebody by another', () => {
    const { lines, logged } = told({}, asksForAUser, { rawHeaders: ['X-authentik-username', 'j'] });
    expect(lines).toEqual([
      "trusted-header: the proxy 172.20.0.2 sent a request without Remote-User, but with X-authentik-username: is the profile 'authentik'?",
    ]);
    expect(logged).toMatchObject([{ looksLike: 'authentik' }]);
    expect(told({}, asksForAUser, { rawHeaders: [] }).logged[0]).not.toHaveProperty('looksLike');
  });

  it('names a Unix socket', () => {
    const facts = { peer: undefined, unixSocket: '/run/app.sock', rawHeaders: [] };
    expect(told({}, asksForAUser, facts).lines[0]).toContain('the proxy unix:/run/app.sock sent');
  });

  it('is silent where anybody may ask, where a stranger asks, and where nobody logs', () => {
    expect(told({}, letsAnybody, { rawHeaders: [] }).lines).toEqual([]);
    expect(told({}, asksForAUser, { peer: STRANGER, rawHeaders: [] }).lines).toEqual([]);
    const warn = jest.spyOn(console, 'warn').mockReturnValue();
    expect(told({ log: false }, asksForAUser, { rawHeaders: [] }).lines).toEqual([]);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

describe('a refusal that somebody else may answer (D3)', () => {
  const shape = { method: 'GET', target: '/', rawHeaders: [] };
  const admit = compileAdmission({
    authenticator: createAuthenticator({ trustedProxies: PROXY }),
    anonymous: 'refuse',
  });
  const untold: Guard = (decision) => admit(decision, shape, undefined, undefined, 'untold');
  const nobody = { rawHeaders: [] };

  it('is the same refusal, and no line until it is told', () => {
    const seen: unknown[] = [];
    const keep: Guard = (decision) => {
      const refusal = untold(decision);
      seen.push(refusal);
      return refusal;
    };
    expect(told({}, keep, nobody).lines).toEqual([]);
    expect(seen).toEqual([{ kind: 'anonymous', trusted: true }]);
    const tell: Guard = (decision) => {
      const refusal = untold(decision);
      if (refusal) tellRefusal(refusal);
      return refusal;
    };
    expect(told({}, tell, nobody).lines).toHaveLength(1);
  });

  it('is told by the admission unless it is asked not to', () => {
    const asked: Guard = (decision) => admit(decision, shape, undefined, undefined);
    expect(told({}, asked, nobody).lines).toHaveLength(1);
  });

  it('of a claim or a policy is no second line', () => {
    const again: Guard = (decision) => {
      if (decision.kind === 'refused') tellRefusal(decision);
      tellRefusal({ kind: 'denied', reason: 'group-missing' });
      return undefined;
    };
    const claim = { peer: STRANGER, rawHeaders: ['Remote-User', 'john'] };
    expect(told({}, again, claim).lines).toHaveLength(1);
  });
});

describe('a claim that untrusted: ignore passed over (D3)', () => {
  it('is told, with what it would have been refused for', () => {
    const { lines, events } = told({ untrusted: 'ignore' }, letsAnybody, {
      peer: STRANGER,
      rawHeaders: ['Remote-User', 'john'],
    });
    expect(lines).toEqual([
      "trusted-header: peer 172.20.0.5 sent identity headers but is not in trustedProxies; if it is your proxy, add 172.20.0.5 (untrusted is 'ignore': the request went on as nobody's)",
    ]);
    expect(events).toEqual([
      {
        decision: { kind: 'anonymous', trusted: false },
        warnings: [],
        time: expect.any(Number),
        reason: 'peer-untrusted',
        ignored: { kind: 'refused', reason: 'peer-untrusted', peer: STRANGER },
      },
    ]);
  });

  it('is none where nothing was claimed', () => {
    const options = { untrusted: 'ignore' } as const;
    const { lines, events } = told(options, letsAnybody, { peer: STRANGER, rawHeaders: [] });
    expect(lines).toEqual([]);
    const decision = { kind: 'anonymous', trusted: false };
    expect(events).toEqual([{ decision, warnings: [], time: expect.any(Number) }]);
  });
});

describe('an ornament that was left out', () => {
  it('is one line a minute, with the header and why', () => {
    const rawHeaders = ['Remote-User', 'root', 'Remote-Email', 'root', 'Remote-Groups', 'dev,-'];
    expect(told({}, letsAnybody, { rawHeaders }, { rawHeaders }).lines).toEqual([
      'trusted-header: peer 172.20.0.2 sent a group in Remote-Groups that cannot be read (a placeholder that the proxy did not fill in); it was left out, and the login went on',
      'trusted-header: peer 172.20.0.2 sent Remote-Email in a form that cannot be read (not one @ between two parts); it was left out, and the login went on',
    ]);
  });
});

describe('a broken user', () => {
  it('does not hide the line about another', () => {
    const { lines } = told(
      {},
      letsAnybody,
      { rawHeaders: ['Remote-User', 'a\x01'] },
      { rawHeaders: ['Remote-User', 'b\x01'] },
      { rawHeaders: ['Remote-User', 'Doe, John'] },
      { rawHeaders: ['Remote-User', 'john', 'Remote-Groups', '\xff'] },
    );
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('the invisible character U+0001');
    expect(lines[1]).toContain('a comma in a single line');
    expect(lines[2]).toContain('Remote-Groups');
  });
});

describe('a stranger at the gateway', () => {
  it.each([
    '172.18.0.1',
    '10.88.0.1',
    '192.168.65.1',
    '10.0.2.100',
    'fd00:30::1',
    '::ffff:172.18.0.1',
  ])('is told to be perhaps everybody: %s', (peer) => {
    const { lines } = told({}, letsAnybody, { peer, rawHeaders: ['Remote-User', 'x'] });
    expect(lines[0]).toContain('may be the gateway of a container network');
  });

  it.each(['172.18.0.2', '203.0.113.1', '2001:db8::1', 'fd00:30::2', 'fe80::1', '172.32.0.1'])(
    'is not said to be: %s',
    (peer) => {
      const { lines } = told({}, letsAnybody, { peer, rawHeaders: ['Remote-User', 'x'] });
      expect(lines[0]).not.toContain('gateway');
    },
  );
});
