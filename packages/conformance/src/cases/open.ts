import {
  anonymous,
  authenticated,
  type ConformanceGroup,
  forbidden,
  STRANGER,
  toCase,
  UNAUTHORIZED,
} from './build.js';

const OPEN = { trustedProxies: ['127.0.0.1'], open: ['/whoami'] } as const;
const BELOW = { trustedProxies: ['127.0.0.1'], open: ['/who/*', '/admin/*'] } as const;

const rows = [
  {
    id: 'open-for-nobody',
    why: 'a health check or a web hook has no user, in an application that has some (D6)',
    options: OPEN,
    expect: anonymous(true),
  },
  {
    id: 'open-for-nobody-from-a-stranger',
    why: 'health checks come from anywhere',
    peer: STRANGER,
    options: OPEN,
    expect: anonymous(false),
  },
  {
    id: 'open-with-a-query',
    why: 'what stands behind ? is no part of the path',
    path: '/whoami?next=/admin',
    options: OPEN,
    expect: anonymous(true),
  },
  {
    id: 'open-knows-a-user',
    why: 'an open path still knows who is there',
    lines: ['Remote-User: alice'],
    options: OPEN,
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'open-refuses-a-forgery',
    why: 'nothing lets a refused request through, an open path neither (D1)',
    peer: STRANGER,
    lines: ['Remote-User: admin'],
    options: OPEN,
    expect: forbidden('peer-untrusted'),
  },
  {
    id: 'open-refuses-an-ambiguity',
    why: 'nothing lets a refused request through, an open path neither (D1)',
    lines: ['Remote-User: alice', 'Remote-User: admin'],
    options: OPEN,
    expect: forbidden('header-repeated'),
  },
  {
    id: 'open-elsewhere',
    why: 'one open path opens no other',
    path: '/admin',
    options: OPEN,
    expect: UNAUTHORIZED,
  },
  {
    id: 'open-is-no-prefix',
    why: 'without * a path opens exactly itself',
    path: '/whoami/more',
    options: OPEN,
    expect: UNAUTHORIZED,
  },
  {
    id: 'open-below-is-not-beside',
    why: 'a prefix ends where a segment ends',
    path: '/whoami',
    options: BELOW,
    expect: UNAUTHORIZED,
  },
  {
    id: 'open-below-is-not-above',
    why: '/admin/* is what is below, and a router may take /admin/ for /admin, where the guard still asks',
    path: '/admin',
    options: BELOW,
    expect: UNAUTHORIZED,
  },
  {
    id: 'open-keeps-policies',
    why: 'an open path has no user, and a policy wants one',
    path: '/admin',
    options: { trustedProxies: ['127.0.0.1'], open: ['/admin'] },
    expect: UNAUTHORIZED,
  },
  {
    id: 'open-undecoded',
    why: 'a router decodes what a comparison has not, or the other way round: an escape is never open',
    path: '/who%61mi',
    options: OPEN,
    expect: UNAUTHORIZED,
  },
  {
    id: 'open-without-climbing',
    why: 'a router that resolves dot segments leaves an open path by them',
    path: '/who/../whoami',
    options: BELOW,
    expect: UNAUTHORIZED,
  },
  {
    id: 'open-without-parameters',
    why: 'some routers cut ; off, and some do not',
    path: '/who/x;/../../whoami',
    options: BELOW,
    expect: UNAUTHORIZED,
  },
  {
    id: 'open-without-double-slashes',
    why: 'a URL parser takes //who for a host',
    path: '//who/whoami',
    options: { trustedProxies: ['127.0.0.1'], open: ['/whoami', '/who/*'] },
    expect: UNAUTHORIZED,
  },
] as const;

const asked = [
  {
    id: 'asked-about-nobody',
    why: 'anonymous may be a function of the request (D6)',
    options: { trustedProxies: ['127.0.0.1'], anonymous: 'asked-allows' },
    expect: anonymous(true),
  },
  {
    id: 'asked-never-about-a-forgery',
    why: 'nothing lets a refused request through (D1)',
    peer: STRANGER,
    lines: ['Remote-User: admin'],
    options: { trustedProxies: ['127.0.0.1'], anonymous: 'asked-allows' },
    expect: forbidden('peer-untrusted'),
  },
  {
    id: 'asked-gets-a-promise',
    why: 'a promise is truthy, and no mode (D5)',
    options: { trustedProxies: ['127.0.0.1'], anonymous: 'asked-promises' },
    expect: UNAUTHORIZED,
  },
  {
    id: 'asked-is-told-nothing',
    why: 'a function that forgets a path refuses it (D5)',
    options: { trustedProxies: ['127.0.0.1'], anonymous: 'asked-tells-nothing' },
    expect: UNAUTHORIZED,
  },
  {
    id: 'asked-fails',
    why: 'an application that cannot tell has not allowed anything (D5)',
    options: { trustedProxies: ['127.0.0.1'], anonymous: 'asked-throws' },
    expect: UNAUTHORIZED,
  },
] as const;

export const open: ConformanceGroup = {
  title: 'open paths, and functions that are asked about nobody',
  cases: [...rows, ...asked].map(toCase),
};
