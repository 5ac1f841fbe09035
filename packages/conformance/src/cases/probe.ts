import type { ConformanceCase, Exchange } from '../case.js';
import { PROBE_TOKEN } from '../run/probe-token.js';
import {
  authenticated,
  type ConformanceGroup,
  forbidden,
  from,
  PROXY,
  STRANGER,
  UNAUTHORIZED,
} from './build.js';
import {
  ANONYMOUS,
  BELIEVED,
  CLAIM,
  claimed,
  EMAIL,
  FIRST,
  GROUPS,
  NOT_BELIEVED,
  options,
  probing,
  SECRETS,
  TOKEN,
  UNTRUSTED,
  USER,
  upgraded,
  WEBSOCKET,
} from './build-probe.js';
import { probeAtTheDoor } from './probe-at-the-door.js';

const PATHS = [
  '/.well-known/trusted-header/probe',
  '/whoami',
  '/public',
  '/admin',
  '/_next/static/x.js',
  '/nowhere?at=all',
];

const cases: readonly ConformanceCase[] = [
  {
    id: 'probe-tells-its-own-values-only',
    why: 'what the receiver tells is nobody else’s: no name, no cookie, no group of anybody',
    options,
    conversations: [
      from(
        PROXY,
        probing(
          {
            lines: [
              CLAIM,
              `Remote-Groups: ${GROUPS},admin-team,developers`,
              'Remote-Name: Alice Liddell',
              `Remote-Email: ${EMAIL}`,
              ...SECRETS,
              `X-Copied-By-Somebody: was ${USER}, and alice`,
            ],
          },
          {
            kind: 'probed',
            decision: { kind: 'authenticated' },
            identity: { user: USER, groups: [GROUPS, 'present'], name: 'present', email: EMAIL },
            lines: [
              { name: 'Remote-User', position: FIRST + 1, canary: USER },
              { name: 'Remote-Groups', position: FIRST + 2, canary: GROUPS },
              { name: 'Remote-Name', position: FIRST + 3, present: true },
              { name: 'Remote-Email', position: FIRST + 4, canary: EMAIL },
              { name: 'X-Copied-By-Somebody', position: FIRST + 8, canary: USER },
            ],
          },
        ),
      ),
    ],
  },
  {
    id: 'probe-on-any-path',
    why: 'a location of the proxy is met on its own paths only, whatever is open or asked for there',
    options,
    conversations: [
      from(PROXY, ...PATHS.map((path) => probing({ path, lines: [CLAIM] }, BELIEVED))),
      from(STRANGER, ...PATHS.map((path) => probing({ path, lines: [CLAIM] }, NOT_BELIEVED))),
    ],
  },
  {
    id: 'probe-with-any-method',
    why: 'proxies have rules for methods',
    options,
    conversations: [
      from(
        PROXY,
        ...['OPTIONS', 'DELETE'].map((method) => probing({ method, lines: [CLAIM] }, BELIEVED)),
        probing({ method: 'POST', lines: [CLAIM], body: 'kept-between-us-two' }, BELIEVED),
      ),
    ],
  },
  {
    id: 'probe-sees-every-spelling',
    why: 'what a proxy passes on beside the header that it sets is found by its name and place (H3)',
    options,
    conversations: [
      from(
        PROXY,
        probing(
          { lines: [`remote_user: ${USER}`, 'Remote-User: alice-and-her-cat', CLAIM] },
          {
            kind: 'probed',
            decision: { kind: 'refused', reason: 'header-ambiguous', header: 'Remote-User' },
            lines: [
              { name: 'remote_user', position: FIRST + 1, canary: USER },
              { name: 'Remote-User', position: FIRST + 2, present: true },
              { name: 'Remote-User', position: FIRST + 3, canary: USER },
            ],
          },
        ),
        probing(
          { lines: ['Connection: keep-alive, kept-between-us-two, Remote-User', CLAIM] },
          {
            kind: 'probed',
            decision: { kind: 'refused', reason: 'header-hop-by-hop', header: 'Remote-User' },
            lines: [
              { name: 'Connection', position: FIRST + 1, tokens: ['keep-alive', 'Remote-User'] },
              { name: 'Remote-User', position: FIRST + 2, canary: USER },
            ],
          },
        ),
        probing(
          { lines: ['Remote-User: {http.reverse_proxy.header.Remote-User}'] },
          {
            kind: 'probed',
            decision: {
              kind: 'refused',
              reason: 'header-malformed',
              header: 'Remote-User',
              detail: 'a placeholder that the proxy did not fill in',
            },
            lines: [{ name: 'Remote-User', position: FIRST + 1, present: true, placeholder: true }],
          },
        ),
      ),
    ],
  },
  {
    id: 'probe-sees-trailers',
    why: 'a proxy may pass on what comes behind a body (H10)',
    options,
    conversations: [
      from(
        PROXY,
        probing(
          {
            method: 'POST',
            body: 'kept-between-us-two',
            trailers: [`Remote-User: ${USER}`, 'Remote-Name: Alice Liddell', 'X-Sum: 1234567890'],
          },
          {
            ...ANONYMOUS,
            trailers: [
              { name: 'Remote-User', position: 1, canary: USER },
              { name: 'Remote-Name', position: 2, present: true },
            ],
          },
        ),
      ),
    ],
  },
  {
    id: 'probe-of-nobody',
    why: 'nobody is asked to sign in, and no page of the application is shown, where the probe asks',
    options: {
      ...options,
      signIn: { portal: 'https://auth.example.com', origin: 'https://app.example.com' },
    },
    conversations: [
      from(PROXY, probing({ lines: ['Sec-Fetch-Mode: navigate'] }, ANONYMOUS)),
      from(STRANGER, probing({ lines: [CLAIM] }, NOT_BELIEVED)),
    ],
  },
  {
    id: 'probe-of-what-is-refused',
    why: 'where the application answers refusals by itself, it is not asked to answer the probe',
    options: { ...options, onRefusal: 'answers' },
    conversations: [
      from(PROXY, probing({}, ANONYMOUS)),
      from(STRANGER, probing({ lines: [CLAIM] }, NOT_BELIEVED)),
    ],
  },
  {
    id: 'probe-where-all-are-let-in',
    why: 'what nobody has to claim is no application’s to answer the probe with',
    options: { ...options, anonymous: 'allow' },
    conversations: [
      from(
        STRANGER,
        probing({}, { ...ANONYMOUS, decision: { kind: 'anonymous', trusted: false } }),
      ),
      from(PROXY, probing({ lines: [CLAIM] }, BELIEVED)),
    ],
  },
  {
    id: 'probe-of-what-is-open',
    why: 'an open path is asked about by nobody, and the probe is',
    options: { ...options, open: ['/whoami'] },
    conversations: [from(STRANGER, probing({ lines: [CLAIM] }, NOT_BELIEVED))],
  },
  {
    id: 'probe-never-shows-a-secret',
    why: 'the secret of the proxy is in the request, and must not be in the answer (T6)',
    options: {
      ...options,
      sharedSecret: {
        header: 'X-Proxy-Secret',
        values: ['the-secret-of-the-proxy-0123456789'],
      },
    },
    conversations: [
      from(
        PROXY,
        probing(
          { lines: [CLAIM, 'X-Proxy-Secret: the-secret-of-the-proxy-0123456789'] },
          {
            ...BELIEVED,
            lines: [...BELIEVED.lines, { name: 'X-Proxy-Secret', position: 17, present: true }],
          },
        ),
        probing(
          { lines: [CLAIM, 'X-Proxy-Secret: guessed-guessed-guessed-guessed-gues'] },
          {
            kind: 'probed',
            decision: { kind: 'refused', reason: 'proof-invalid', header: 'X-Proxy-Secret' },
            lines: [...BELIEVED.lines, { name: 'X-Proxy-Secret', position: 17, present: true }],
          },
        ),
      ),
    ],
  },
  {
    id: 'probe-waits-for-the-proof',
    why: 'the decision that counts is the one with the proof (V2)',
    options: { ...options, proof: true },
    asked: ['alice-after-20', 'alice-after-0', '-'],
    conversations: [
      from(
        PROXY,
        ...['alice-after-20', 'alice-after-0'].map((proof) =>
          probing(
            { lines: [`X-Proof: ${proof}`] },
            {
              kind: 'probed',
              decision: { kind: 'authenticated' },
              identity: { user: 'present' },
              lines: [{ name: 'X-Proof', position: FIRST + 1, present: true }],
            },
          ),
        ),
        probing(
          { lines: [CLAIM] },
          claimed({ kind: 'refused', reason: 'proof-missing', header: 'X-Proof' }),
        ),
      ),
    ],
  },
  {
    id: 'probe-without-its-token',
    why: 'whoever guesses, or sends the token twice, has sent a request like any other (H10)',
    options,
    conversations: [
      from(
        PROXY,
        ...[
          [TOKEN.slice(0, -1)],
          [`${TOKEN}0`],
          [TOKEN, TOKEN],
          [TOKEN, 'trusted-header-probe: guessed'],
          [`${TOKEN}, ${PROBE_TOKEN}`],
          [`Trusted_Header_Probe: ${PROBE_TOKEN}`],
          ['Trusted-Header-Probe:'],
        ].map(
          (lines): Exchange => ({
            send: { lines: [...lines, 'Remote-User: alice'] },
            expect: authenticated({ user: 'alice' }),
          }),
        ),
        {
          send: { path: PATHS[0] ?? '', lines: ['Trusted-Header-Probe: guessed'] },
          expect: UNAUTHORIZED,
        },
        { send: { path: PATHS[0] ?? '' }, expect: UNAUTHORIZED },
      ),
      from(STRANGER, {
        send: { lines: ['Trusted-Header-Probe: guessed', CLAIM] },
        expect: forbidden('peer-untrusted'),
      }),
    ],
  },
  {
    id: 'probe-after-its-time',
    why: 'a token that is left in the environment opens nothing after a quarter of an hour',
    options,
    conversations: [
      from(
        PROXY,
        probing({ lines: [CLAIM] }, BELIEVED),
        { ...probing({ lines: [CLAIM] }, BELIEVED), minutesLater: 13 },
        {
          send: { lines: [TOKEN, 'Remote-User: alice'] },
          expect: authenticated({ user: 'alice' }),
          minutesLater: 2,
        },
        { send: { lines: [TOKEN] }, expect: UNAUTHORIZED },
      ),
    ],
  },
  {
    id: 'probe-of-a-websocket',
    why: 'proxies pass upgrades on by rules of their own, and no socket may be opened for the probe',
    options,
    conversations: [
      from(PROXY, probing({ path: '/socket', lines: WEBSOCKET }, upgraded(ANONYMOUS.decision))),
      from(STRANGER, probing({ path: '/socket', lines: WEBSOCKET }, upgraded(UNTRUSTED()))),
    ],
  },
];

export const probe: ConformanceGroup = {
  title: 'the probe asks',
  cases: [...cases, ...probeAtTheDoor],
};
