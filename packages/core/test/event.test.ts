import { describe, expect, it, jest } from '@jest/globals';
import { eventOf } from '../src/authenticator/event-of.js';
import {
  type AuthenticatorOptions,
  compileAdmission,
  compileGuard,
  createAuthenticator,
  type DecisionEvent,
  decideUntold,
  keepUntold,
  type RequestFacts,
  stateOf,
  tellLogin,
  tellUntold,
} from '../src/index.js';

const PROXY = '172.20.0.2';
const JOHN: RequestFacts = { peer: PROXY, rawHeaders: ['Remote-User', 'john'] };
const FORGED: RequestFacts = { peer: '172.20.0.9', rawHeaders: ['Remote-User', 'mallory'] };

/** What is told of a request that an adapter decides, and what comes behind. */
function tell(
  facts: RequestFacts,
  behind: (holder: object, told: { readonly events: DecisionEvent[] }) => void = () => undefined,
  options: Partial<AuthenticatorOptions> = {},
) {
  const events: DecisionEvent[] = [];
  const authenticator = createAuthenticator({
    trustedProxies: PROXY,
    log: false,
    onDecision: (event) => events.push(event),
    ...options,
  });
  const holder = {};
  const state = stateOf(holder);
  keepUntold(state, authenticator, decideUntold(authenticator, facts));
  state.request = 'the request of the framework';
  state.routeOf = () => '/notes/:id';
  tellUntold(state);
  behind(holder, { events });
  return events;
}

const ABOUT = { request: 'the request of the framework', route: '/notes/:id' };

describe('an event (O1)', () => {
  it('is told with the request of the framework, its route, the time, the reason and the detail', () => {
    jest.spyOn(Date, 'now').mockReturnValue(1_795_780_905_610);
    expect(tell({ ...FORGED, rawHeaders: ['Remote-User', 'mallory'] })).toEqual([
      {
        decision: { kind: 'refused', reason: 'peer-untrusted', peer: '172.20.0.9' },
        warnings: [],
        time: 1_795_780_905_610,
        reason: 'peer-untrusted',
        ...ABOUT,
      },
    ]);
    jest.restoreAllMocks();
    const [event] = tell({ peer: PROXY, rawHeaders: ['Remote-User', 'a\u0001b'] });
    expect(event).toMatchObject({
      reason: 'header-malformed',
      detail: 'the invisible character U+0001',
    });
  });

  it('is told once', () => {
    expect(tell(JOHN, (holder) => tellUntold(stateOf(holder)))).toHaveLength(1);
  });

  it('has the time of the clock that it was given', () => {
    const told = { decision: { kind: 'anonymous', trusted: false }, warnings: [] } as const;
    expect(eventOf(told, undefined, undefined, () => 5)).toEqual({ ...told, time: 5 });
  });

  it('knows the request of a policy’s denial, and of what stops a request of another origin', () => {
    const guard = compileGuard({ groups: { anyOf: ['admin'] } });
    const denied = tell(JOHN, (holder) => {
      const { decision } = stateOf(holder);
      if (decision) guard(decision, holder);
    });
    expect(denied[1]).toMatchObject({ ...ABOUT, reason: 'group-missing' });
    expect(denied[1]?.detail).toMatch(/"admin"/);

    const shape = {
      method: 'GET',
      target: '/',
      rawHeaders: ['Upgrade', 'websocket', 'Sec-Fetch-Site', 'cross-site'],
    };
    const stopped = tell(JOHN, (holder) => {
      const { decision, authenticator } = stateOf(holder);
      if (decision && authenticator)
        compileAdmission({ authenticator })(decision, shape, undefined, holder);
    });
    expect(stopped[1]).toMatchObject({ ...ABOUT, reason: 'cross-origin' });
  });

  it('is told of the decision first, where another origin stops the request before anybody was told', () => {
    const events: DecisionEvent[] = [];
    const authenticator = createAuthenticator({
      trustedProxies: PROXY,
      log: false,
      onDecision: (event) => events.push(event),
    });
    const holder = {};
    const decided = decideUntold(authenticator, JOHN);
    const decision = keepUntold(stateOf(holder), authenticator, decided);
    const rawHeaders = ['Upgrade', 'websocket', 'Sec-Fetch-Site', 'cross-site'];
    const shape = { method: 'GET', target: '/', rawHeaders };
    compileAdmission({ authenticator })(decision, shape, undefined, holder);
    expect(events.map((event) => [event.decision.kind, event.reason])).toEqual([
      ['authenticated', undefined],
      ['refused', 'cross-origin'],
    ]);
  });

  it('knows the request of a 401 that goes to the log, and what a client got as code', () => {
    const log = jest.fn();
    const nobody = { peer: PROXY, rawHeaders: [] };
    tell(
      nobody,
      (holder) => {
        const { decision } = stateOf(holder);
        if (decision) compileGuard()(decision, holder);
      },
      { log },
    );
    expect(log).toHaveBeenCalledTimes(1);
    expect(log).toHaveBeenCalledWith(
      expect.stringMatching(/without Remote-User/),
      expect.objectContaining({ ...ABOUT, reason: 'authentication-required' }),
    );
  });

  it('tells what a login made of a decision', () => {
    const events = tell(JOHN, (holder) => {
      const { decision } = stateOf(holder);
      if (!decision) return;
      tellLogin(decision, 'started', holder);
      tellLogin(decision, 'unavailable', holder);
      // Nothing of ours has seen it.
      tellLogin(decision, 'started', {});
    });
    expect(events.slice(1).map(({ login, reason }) => [login, reason])).toEqual([
      ['started', undefined],
      ['unavailable', 'user-unavailable'],
    ]);
    expect(events[1]).toMatchObject(ABOUT);
  });

  it('has the profile by which the claim was read, also where one of several has claimed, and after the decision', () => {
    const profile = ['authelia', 'authentik'] as const;
    const rawHeaders = ['X-authentik-username', 'john'];
    const behind = (holder: object) => {
      const { decision } = stateOf(holder);
      if (!decision) return;
      compileGuard({ users: ['bob'] })(decision, holder);
      tellLogin(decision, 'started', holder);
    };
    const profilesOf = (events: readonly DecisionEvent[]) => events.map((event) => event.profile);
    expect(profilesOf(tell({ peer: PROXY, rawHeaders }, behind, { profile }))).toEqual([
      'authentik',
      'authentik',
      'authentik',
    ]);
    expect(profilesOf(tell(JOHN, behind))).toEqual(['authelia', 'authelia', 'authelia']);
    const malformed = { peer: PROXY, rawHeaders: ['Remote-User', 'a\u0001b'] };
    expect(profilesOf(tell(malformed))).toEqual(['authelia']);
  });

  it.each<[what: string, facts: RequestFacts, kind: string]>([
    ['of a stranger, which nobody reads', FORGED, 'refused'],
    ['that is none, of the proxy', { peer: PROXY, rawHeaders: [] }, 'anonymous'],
    ['that is none, of a stranger', { peer: '172.20.0.9', rawHeaders: [] }, 'anonymous'],
  ])('is told of a claim %s, without a profile', (_, facts, kind) => {
    const events = tell(facts);
    expect(events.map(({ decision }) => decision.kind)).toEqual([kind]);
    expect(events[0]).not.toHaveProperty('profile');
  });

  it('goes without a route that the framework cannot tell', () => {
    const told = { decision: { kind: 'anonymous', trusted: false }, warnings: [] } as const;
    const fail = (): never => {
      throw new Error('no route');
    };
    for (const routeOf of [fail, () => undefined, () => JSON.parse('7'), undefined]) {
      expect(eventOf(told, { request: 1, routeOf })).not.toHaveProperty('route');
      expect(eventOf(told, { request: 1, routeOf })).toHaveProperty('request', 1);
    }
  });

  it('cannot be changed, and leaves the request as it is', () => {
    const request = { changes: 0 };
    const told = { decision: { kind: 'anonymous', trusted: false }, warnings: [] } as const;
    const event = eventOf(told, { request, routeOf: undefined });
    expect(Object.isFrozen(event)).toBe(true);
    request.changes++;
    expect(event.request).toBe(request);
  });

  it.each<[what: string, facts: RequestFacts, told: object]>([
    ['a refusal', FORGED, { kind: 'refused', reason: 'peer-untrusted' }],
    [
      'an identity',
      {
        peer: PROXY,
        rawHeaders: [
          'X-authentik-username',
          'john',
          'X-authentik-uid',
          '7',
          'X-authentik-name',
          '\u0001',
        ],
      },
      { kind: 'authenticated', identity: { user: 'john', extra: { uid: '7' } } },
    ],
    [
      'an identity without more',
      { peer: PROXY, rawHeaders: ['X-authentik-username', 'john'] },
      { kind: 'authenticated', identity: { user: 'john' } },
    ],
    ['nobody', { peer: PROXY, rawHeaders: [] }, { kind: 'anonymous' }],
  ])('holds no decision that an observer could change for everybody else: %s', (_, facts, told) => {
    const failed: boolean[] = [];
    const events: DecisionEvent[] = [];
    const change = (event: DecisionEvent): void => {
      const { decision, warnings } = event;
      events.push(event);
      for (const part of [
        decision,
        ...(decision.kind === 'authenticated'
          ? [decision.identity, decision.identity.extra, decision.identity.groups, decision.source]
          : []),
        ...warnings,
      ]) {
        for (const key of ['kind', 'identity', 'user', 'uid', '0', 'detail']) {
          if (part) failed.push(!Reflect.set(part, key, 'admin'));
        }
      }
    };
    const authenticator = createAuthenticator({
      trustedProxies: PROXY,
      profile: 'authentik',
      log: false,
      onDecision: change,
    });
    const forged =
      facts === FORGED ? { ...FORGED, rawHeaders: ['X-authentik-username', 'm'] } : facts;
    const decision = authenticator.authenticate(forged);
    expect(decision).toMatchObject(told);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed).not.toContain(false);
    expect(events.map((event) => event.decision)).toStrictEqual([decision]);
    // Nor is it frozen because somebody listens.
    if (decision.kind !== 'anonymous') expect(Object.isFrozen(decision)).toBe(false);
  });
});

describe('an adapter keeps nothing for observers', () => {
  it.each<[who: string, options: Partial<AuthenticatorOptions>, facts: RequestFacts]>([
    ['that are not there, of whom the log hears nothing', { log: () => undefined }, JOHN],
    ['where the log is off', { log: false }, FORGED],
  ])('%s', (_, options, facts) => {
    const authenticator = createAuthenticator({ trustedProxies: PROXY, ...options });
    const state = stateOf({});
    const routeOf = jest.fn(() => '/');
    state.routeOf = routeOf;
    keepUntold(state, authenticator, decideUntold(authenticator, facts));
    expect(state.untold).toBeUndefined();
    tellUntold(state);
    expect(routeOf).not.toHaveBeenCalled();
  });
});
