import { createAuthenticator, type DecisionEvent, type Identity } from '../src/index.js';

/** When everything happens. */
export const TIME = Date.UTC(2026, 10, 27, 19, 1, 9, 123);

const SOURCE = { kind: 'address', address: '172.20.0.2' } as const;

/** An event about somebody who is authenticated. */
export function eventAbout(identity: Identity, more: Partial<DecisionEvent> = {}): DecisionEvent {
  const decision = { kind: 'authenticated', identity, source: SOURCE } as const;
  return { decision, warnings: [], time: TIME, profile: 'authelia', ...more };
}

/** The events that a real authenticator tells of a request. */
export function eventsOf(peer: string, rawHeaders: readonly string[]): readonly DecisionEvent[] {
  const events: DecisionEvent[] = [];
  const authenticator = createAuthenticator({
    trustedProxies: SOURCE.address,
    log: false,
    onDecision: (event) => events.push({ ...event, time: TIME }),
  });
  authenticator.authenticate({ peer, rawHeaders });
  return events;
}

export const JOHN: Identity = {
  user: 'john',
  name: 'John Doe',
  email: 'john@example.org',
  groups: ['staff'],
};

/** What a policy has denied. */
export const DENIED = eventAbout(JOHN, {
  denied: { reason: 'group-missing', detail: 'the route asks for one of "admin"' },
  reason: 'group-missing',
  detail: 'the route asks for one of "admin"',
  route: '/notes/:id',
});

/** Everything that there is to write down, by what it is about. */
export const EVENTS = {
  'a stranger claims a user': eventsOf('172.20.0.9', ['Remote-User', 'mallory']),
  'a claim comes twice': eventsOf('172.20.0.2', ['Remote-User', 'alice', 'Remote-User', 'mallory']),
  'a policy denies': [DENIED],
  'a session starts': [eventAbout(JOHN, { login: 'started' })],
  'a session switches': [eventAbout(JOHN, { login: 'switched' })],
  'a session ends': [
    {
      decision: { kind: 'anonymous', trusted: true },
      warnings: [],
      time: TIME,
      login: 'ended',
    },
  ],
  'a user signs out': [eventAbout(JOHN, { login: 'signed-out' })],
  'a user cannot be looked up': [
    eventAbout(JOHN, { login: 'unavailable', reason: 'user-unavailable' }),
  ],
  'a request is authenticated': [eventAbout(JOHN)],
  'nobody claims anything': eventsOf('172.20.0.2', []),
} satisfies Readonly<Record<string, readonly DecisionEvent[]>>;
