import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SessionBinding } from '@trusted-header/login';
import { registerTrustedHeader, signIn } from '../src/index.js';
import { ironSession } from '../src/iron-session.js';
import { findRegistry } from '../src/registry.js';
import { cookiesOf } from '../src/request-cookies.js';
import type { NextSessionLibrary } from '../src/session-library.js';
import { decide, inNext, type Jar, requestOf } from './decided-request.js';

const ALICE = decide('alice');
const NOBODY = decide(undefined);
const PASSWORD = 'a password of more than 32 characters';

interface Cart {
  cart: string[];
}

beforeAll(() => registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false }));
afterAll(() => findRegistry()?.stop());

const library = ironSession<Cart>({ password: PASSWORD, cookieName: 'session' });
const find = ({ user }: { readonly user: string }) => ({ name: user });

/** Cookies of a browser in whose session is a cart that nobody is bound to. */
async function jarWithCart(): Promise<Jar> {
  const jar: Jar = new Map();
  const cookies = {
    get: (name: string) => ({ name, value: jar.get(name) ?? '' }),
    set: (name: string, value: string) => jar.set(name, value),
  };
  const session = await library.open(cookies);
  Object.assign(session, { cart: ['of nobody'] });
  await session.save();
  return jar;
}

describe('data of a session that nobody is bound to', () => {
  it('are whose login of its own has put them there, and who comes as nobody', async () => {
    const jar = await jarWithCart();
    const { getSession } = signIn({ find, session: library });
    expect((await getSession(requestOf(NOBODY, jar))).cart).toEqual(['of nobody']);
    const another = signIn({ find, session: library, otherLogin: () => true });
    expect((await another.getSession(requestOf(ALICE, jar))).cart).toEqual(['of nobody']);
  });

  it('are not those of whom the proxy names', async () => {
    const jar = await jarWithCart();
    for (const otherLogin of [undefined, () => false]) {
      const { getSession } = signIn({ find, session: library, ...(otherLogin && { otherLogin }) });
      expect((await getSession(requestOf(ALICE, jar))).cart).toBe(undefined);
    }
  });
});

it('getSession() says what is missing where the session library keeps no data, or there is none', async () => {
  const { open: _open, ...bindings } = library;
  for (const session of [undefined, bindings]) {
    const { getSession } = signIn({ find, ...(session && { session }) });
    await expect(getSession(requestOf(ALICE, new Map()))).rejects.toThrow('getSession() needs');
  }
});

it('a session library of one’s own needs no hold', async () => {
  const bound = new Map<string, SessionBinding>();
  const own: NextSessionLibrary<Cart> = {
    read: async () => bound.get('one'),
    start: async (_cookies, binding) => void bound.set('one', binding),
    end: async () => void bound.clear(),
    open: async ({ get }) => ({
      cart: get('cart') ? ['of alice'] : [],
      save: async () => undefined,
    }),
  };
  const jar: Jar = new Map([['cart', 'x']]);
  const { getSession, getUser } = signIn({ find, session: own });
  const seen = await inNext('action', requestOf(ALICE, jar), jar, async () => [
    await getUser(),
    (await getSession()).cart,
  ]);
  expect(seen).toEqual([{ name: 'alice' }, ['of alice']]);
});

describe('the cookies of a request', () => {
  it('are read as Next gives them to proxy.ts, and to the Pages router', async () => {
    const jar = await jarWithCart();
    const { getSession } = signIn({ find, session: library });
    const { headers } = requestOf(NOBODY, jar);
    const pages = { headers, cookies: Object.fromEntries(jar) };
    expect((await getSession(pages)).cart).toEqual(['of nobody']);
  });

  it('are those alone that the browser has sent', () => {
    const { get } = cookiesOf({ headers: {}, cookies: { get: 'a cookie', no: undefined } });
    expect(['get', 'no', 'other', 'toString'].map(get)).toEqual([
      { name: 'get', value: 'a cookie' },
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('cannot be set', () => {
    const { set } = cookiesOf({ headers: {}, cookies: {} });
    expect(() => set('a', 'b', {})).toThrow('can only be read: see followSession()');
  });
});
