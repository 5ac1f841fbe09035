import type { ConformanceCase, Exchange, WireRequest, Witness } from '../case.js';
import { authenticated, from, PROXY, STRANGER } from './build.js';
import {
  ANONYMOUS,
  HANDSHAKE,
  options,
  probing,
  UNTRUSTED,
  USER,
  upgraded,
} from './build-probe.js';

/** Whatever a server hands over: a handler of an event of its own would be asked otherwise. */
const FORMS: readonly (readonly [Witness, WireRequest])[] = [
  ['logger', {}],
  ['checkContinue', { method: 'POST', body: 'four', lines: ['Expect: 100-continue'] }],
  ['checkExpectation', { lines: ['Expect: 200-ok'] }],
  ['polling', { path: '/polling/?EIO=4&transport=polling' }],
];

/** Somebody whom each of them does see, so that it is known to look. */
function seen(form: WireRequest, by: Witness): Exchange {
  const { decision } = authenticated({ user: 'alice' });
  const isHandler = by === 'logger' || by === 'checkContinue';
  return {
    send: { ...form, lines: [...(form.lines ?? []), 'Remote-User: alice'] },
    expect: isHandler ? { kind: 'handled', decision } : { kind: 'witnessed', by, decision },
  };
}

/** Where a server hands over what it has to whoever listens. */
export const probeAtTheDoor: readonly ConformanceCase[] = [
  {
    id: 'probe-before-others-listen',
    why: 'whoever listens beside the framework does not hear of the probe either (A6)',
    options,
    witnesses: ['logger', 'checkContinue', 'checkExpectation', 'polling', 'connect', 'upgrade'],
    conversations: FORMS.flatMap(([by, form]) => [
      from(STRANGER, probing(form, { ...ANONYMOUS, decision: UNTRUSTED() })),
      from(PROXY, probing(form, ANONYMOUS)),
      from(PROXY, seen(form, by)),
    ]).concat([
      from(STRANGER, probing({ path: '/socket', lines: HANDSHAKE }, upgraded(UNTRUSTED()))),
      from(PROXY, probing({ path: '/socket', lines: HANDSHAKE }, upgraded(ANONYMOUS.decision))),
      from(PROXY, {
        send: { path: '/socket', lines: [...HANDSHAKE, 'Remote-User: alice'] },
        expect: {
          kind: 'witnessed',
          by: 'upgrade',
          decision: authenticated({ user: 'alice' }).decision,
        },
      }),
      from(PROXY, {
        send: { method: 'CONNECT', path: 'app.test:80', lines: ['Remote-User: alice'] },
        expect: {
          kind: 'witnessed',
          by: 'connect',
          decision: authenticated({ user: 'alice' }).decision,
        },
      }),
    ]),
  },
  {
    id: 'probe-at-the-door-with-a-proof',
    why: 'what waits for a proof at the door strips the request first, and the probe has to see it whole',
    options: { ...options, proof: true },
    witnesses: ['logger'],
    conversations: [
      from(
        PROXY,
        probing(
          { method: 'POST', body: 'four', trailers: [`Remote-User: ${USER}`] },
          { ...ANONYMOUS, trailers: [{ name: 'Remote-User', position: 1, canary: USER }] },
        ),
        {
          send: { lines: ['X-Proof: alice-after-20'] },
          expect: authenticated({ user: 'alice' }),
        },
      ),
    ],
  },
];
