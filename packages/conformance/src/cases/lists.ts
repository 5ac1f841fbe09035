import {
  asUser,
  authenticated,
  type ConformanceGroup,
  forbidden,
  from,
  PROXY,
  STRANGER,
  toCase,
} from './build.js';

/** Of the case's own, and not there before the case puts it there. */
const FILE = { trustedProxies: ['file:{list}'] } as const;

const FORGERY = { send: { lines: ['Remote-User: mallory'] }, expect: forbidden('peer-untrusted') };

const FROM_THE_NEW = {
  send: { lines: ['Remote-User: bob'] },
  expect: authenticated({ user: 'bob' }, { kind: 'address', address: STRANGER }),
};

export const lists: ConformanceGroup = {
  title: 'lists that live',
  cases: [
    toCase({
      id: 'list-that-is-not-there',
      why: 'a source that cannot be read opens no door, and stops no application (L1)',
      options: { trustedProxies: ['file:{list}.none'] },
      lines: ['Remote-User: mallory'],
      expect: forbidden('peer-untrusted'),
    }),
    toCase({
      id: 'list-that-nobody-can-look-up',
      why: 'literals stay, whatever becomes of the rest of the list (L1)',
      options: { trustedProxies: ['dns:proxy.invalid', PROXY] },
      lines: ['Remote-User: alice'],
      expect: authenticated({ user: 'alice' }),
    }),
    {
      id: 'list-is-swapped',
      why: 'the adapter watches the list by itself, and each request is judged by the list of the moment, also on a connection from before (L1)',
      options: FILE,
      conversations: [
        from(
          PROXY,
          { ...asUser('alice'), list: [PROXY] },
          asUser('carol'),
          // The proxy was made anew, and somebody else has its old address.
          { ...FORGERY, list: [STRANGER] },
        ),
        from(STRANGER, FROM_THE_NEW),
        from(PROXY, FORGERY),
        from(STRANGER, FROM_THE_NEW, { ...FORGERY, list: [PROXY] }),
        from(PROXY, asUser('alice')),
      ],
    },
  ],
};
