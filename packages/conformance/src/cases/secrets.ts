import {
  anonymous,
  asNobody,
  authenticated,
  type ConformanceGroup,
  forbidden,
  from,
  PROXY,
  STRANGER,
  toCase,
  UNAUTHORIZED,
} from './build.js';

const NEW = 'new-secret-of-the-proxy-0123456789';
const OLD = 'old-secret-of-the-proxy-0123456789';
const CLAIM = 'Remote-User: alice';

const options = {
  trustedProxies: [PROXY],
  sharedSecret: { header: 'X-Proxy-Secret', values: [NEW, OLD] },
};

const rows = [
  {
    id: 'secret-right',
    why: 'the proxy knows what its neighbours at the same address do not (T6)',
    options,
    lines: [CLAIM, `X-Proxy-Secret: ${NEW}`],
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'secret-old-of-a-rotation',
    why: 'while a secret is changed, the old one counts too (T6)',
    options,
    lines: [CLAIM, `x-proxy-secret: ${OLD}`],
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'secret-none',
    why: 'a trusted address alone is not enough (T6)',
    options,
    lines: [CLAIM],
    expect: forbidden('proof-missing'),
  },
  {
    id: 'secret-empty',
    why: 'a proxy with an unset variable sends an empty line',
    options,
    lines: [CLAIM, 'X-Proxy-Secret:'],
    expect: forbidden('proof-missing'),
  },
  {
    id: 'secret-wrong',
    why: 'one letter is enough to be another',
    options,
    lines: [CLAIM, `X-Proxy-Secret: ${NEW.replace('new', 'nem')}`],
    expect: forbidden('proof-invalid'),
  },
  {
    id: 'secret-beginning-of-it',
    why: 'half a secret is none',
    options,
    lines: [CLAIM, `X-Proxy-Secret: ${NEW.slice(0, -1)}`],
    expect: forbidden('proof-invalid'),
  },
  {
    id: 'secret-twice',
    why: 'a client adds its own line to the one of a proxy that appends (H2)',
    options,
    lines: [
      CLAIM,
      `X-Proxy-Secret: ${NEW}`,
      'X-Proxy-Secret: guessed-guessed-guessed-guessed-gues',
    ],
    expect: forbidden('header-repeated'),
  },
  {
    id: 'secret-twice-joined',
    why: 'a guess beside the right one, in one line',
    options,
    lines: [CLAIM, `X-Proxy-Secret: ${NEW}, guessed`],
    expect: forbidden('proof-invalid'),
  },
  {
    id: 'secret-alias-alone',
    why: 'a proxy that deletes X-Proxy-Secret lets X_Proxy_Secret pass (H3)',
    options,
    lines: [CLAIM, `X_Proxy_Secret: ${NEW}`],
    expect: forbidden('proof-missing'),
  },
  {
    id: 'secret-and-alias',
    why: 'CGI-like servers read both as one (H3)',
    options,
    lines: [CLAIM, `X-Proxy-Secret: ${NEW}`, `X.Proxy.Secret: ${NEW}`],
    expect: forbidden('header-ambiguous'),
  },
  {
    id: 'secret-hop-by-hop',
    why: 'a Connection token makes the next proxy drop it (H3)',
    options,
    lines: [CLAIM, `X-Proxy-Secret: ${NEW}`, 'Connection: X-Proxy-Secret'],
    expect: forbidden('header-hop-by-hop'),
  },
  {
    id: 'secret-in-trailers-only',
    why: 'trailers come after the decision, and may be the client’s own (H10)',
    options,
    method: 'POST',
    lines: [CLAIM],
    body: 'x',
    trailers: [`X-Proxy-Secret: ${NEW}`],
    expect: forbidden('proof-missing'),
  },
  {
    id: 'secret-in-trailers-too',
    why: 'nobody in the application may read it there either (H10)',
    options,
    method: 'POST',
    lines: [CLAIM, `X-Proxy-Secret: ${NEW}`],
    body: 'x',
    trailers: [`X-Proxy-Secret: ${OLD}`, `X_Proxy_Secret: ${OLD}`],
    expect: { ...authenticated({ user: 'alice' }), body: 'x' },
  },
  {
    id: 'secret-from-a-stranger',
    why: 'a secret that leaked does not make another address the proxy (T6)',
    options,
    peer: STRANGER,
    lines: [CLAIM, `X-Proxy-Secret: ${NEW}`],
    expect: forbidden('peer-untrusted'),
  },
  {
    id: 'secret-alone-claims-nothing',
    why: 'it says which proxy, and not which user',
    options,
    lines: [`X-Proxy-Secret: ${NEW}`],
    expect: UNAUTHORIZED,
  },
  {
    id: 'secret-is-gone-for-nobody-too',
    why: 'what is stripped does not depend on the decision (H10)',
    options,
    path: '/public',
    lines: [`X-Proxy-Secret: ${NEW}`],
    expect: anonymous(true),
  },
  {
    id: 'secret-missing-of-nobody',
    why: 'who claims nothing is anonymous, and has not come through the proxy',
    options,
    path: '/public',
    expect: anonymous(false),
  },
] as const;

export const secrets: ConformanceGroup = {
  title: 'a secret beside the address',
  cases: [
    ...rows.map(toCase),
    {
      id: 'secret-once-on-a-connection',
      why: 'a secret counts for its own request only: a proxy mixes users’ requests on one connection',
      options,
      conversations: [
        from(
          PROXY,
          {
            send: { lines: [CLAIM, `X-Proxy-Secret: ${NEW}`] },
            expect: authenticated({ user: 'alice' }),
          },
          { send: { lines: ['Remote-User: bob'] }, expect: forbidden('proof-missing') },
          asNobody('/public', anonymous(false)),
        ),
      ],
    },
  ],
};
