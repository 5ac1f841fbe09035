import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type AuthenticatorOptions,
  type ChannelSubscriber,
  compileGuard,
  createAuthenticator,
  decideUntold,
  keepUntold,
  stateOf,
  tellLogin,
  tellOnChannel,
  tellUntold,
} from '../src/index.js';

const PROXY = '172.20.0.2';
const JOHN = { peer: PROXY, rawHeaders: ['Remote-User', 'john'] };

let subscribers: readonly ChannelSubscriber[] | undefined;
let asked = 0;
tellOnChannel({
  name: 'decisions',
  subscribers() {
    asked++;
    return subscribers;
  },
});
afterEach(() => {
  subscribers = undefined;
});

/** Subscribes, and gives what is told. */
function subscribe(...others: readonly ChannelSubscriber[]): readonly string[] {
  const told: string[] = [];
  const note: ChannelSubscriber = ({ decision, denied, login }, name) => {
    told.push([name, decision.kind, denied?.reason, login].filter(Boolean).join(' '));
  };
  subscribers = [...others, note, note];
  return told;
}

/** Decides as an adapter does, denies and logs in. */
function decide(options: Partial<AuthenticatorOptions> = {}): void {
  const authenticator = createAuthenticator({ trustedProxies: PROXY, log: false, ...options });
  const holder = {};
  const state = stateOf(holder);
  const decision = keepUntold(state, authenticator, decideUntold(authenticator, JOHN));
  tellUntold(state);
  compileGuard({ users: ['bob'] })(decision, holder);
  tellLogin(decision, 'started', holder);
}

const TOLD = [
  'decisions authenticated',
  'decisions authenticated user-not-allowed',
  'decisions authenticated started',
].flatMap((line) => [line, line]);

describe('the channel of decisions (O1)', () => {
  it('tells all who subscribe, with no observer and no log', () => {
    const told = subscribe();
    decide();
    expect(told).toEqual(TOLD);
  });

  it('tells the same event as an observer is told', () => {
    const events: unknown[] = [];
    subscribers = [(event) => events.push(event)];
    decide({ onDecision: (event) => events.push(event) });
    expect(events).toHaveLength(6);
    for (const i of [0, 2, 4]) expect(events[i]).toBe(events[i + 1]);
  });

  it('goes on where a subscriber throws, or rejects', () => {
    const told = subscribe(
      () => {
        throw new Error('a subscriber fails');
      },
      () => Promise.reject(new Error('a subscriber fails later')),
    );
    decide();
    expect(told).toEqual(TOLD);
  });

  it('keeps nothing for nobody', () => {
    const before = asked;
    const authenticator = createAuthenticator({ trustedProxies: PROXY, log: false });
    const state = stateOf({});
    keepUntold(state, authenticator, decideUntold(authenticator, JOHN));
    expect(state.untold).toBeUndefined();
    expect(asked - before).toBe(1);
  });

  it('is the first one that there was: a copy of the package tells nothing twice', () => {
    const told = subscribe();
    const others: unknown[] = [];
    tellOnChannel({ name: 'copy', subscribers: () => [(event) => others.push(event)] });
    decide();
    expect(told).toEqual(TOLD);
    expect(others).toEqual([]);
  });
});
