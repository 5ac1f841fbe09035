import { AssertionError } from 'node:assert';
import type { Identity } from '@trusted-header/core';
import { type Browser, createBrowser, type LoginClient } from '../client/create-browser.js';
import { profileOf } from '../client/profile-of.js';
import { isAnswer, type LoginResponse } from '../client/send-request.js';
import type { LoginCheckOptions } from './login-check-options.js';

/** What a check works with: two users, and browsers that start with nothing in them. */
export interface Scene {
  readonly alice: Identity;
  readonly bob: Identity;
  readonly options: LoginCheckOptions;
  openBrowser(): Browser;
  /** Makes a browser in which alice is signed in. Fails where the application does not do that. */
  signInAlice(): Promise<Browser>;
  /** Asks who is signed in. */
  who(client: LoginClient): Promise<string | undefined>;
  /** Fails unless who is signed in is one of those. */
  expect(client: LoginClient, allowed: Allowed, when: string): Promise<LoginResponse>;
}

/** Who may be signed in. */
export interface Allowed {
  /** Undefined is nobody. */
  readonly only?: readonly (string | undefined)[];
  readonly never?: string;
}

export const ALICE: Identity = {
  user: 'alice',
  groups: ['users'],
  name: 'Alice',
  email: 'alice@example.com',
};
export const BOB: Identity = {
  user: 'bob',
  groups: ['users'],
  name: 'Bob',
  email: 'bob@example.com',
};

/** Runs something with a scene, and closes all its browsers afterwards. */
export async function inScene(
  options: LoginCheckOptions,
  run: (scene: Scene) => Promise<void>,
): Promise<void> {
  const { origin, profile, users = [ALICE, BOB], path, proxyHeaders = {} } = options;
  const [alice, bob] = users;
  const setup = {
    origin: new URL(typeof origin === 'function' ? await origin() : origin),
    profile: profileOf(profile),
    proxyHeaders,
    proxyAddress: options.proxyAddress,
    strangerAddress: options.strangerAddress,
  };
  const browsers: Browser[] = [];
  const { signIn = (client) => client.send(path) } = options;

  const scene: Scene = {
    alice,
    bob,
    options,
    openBrowser,
    who: async (client) => (await ask(client)).user,
    async signInAlice() {
      const browser = openBrowser();
      await signIn(browser.through(alice));
      const when = `the proxy names ${alice.user} and she signs in (are requests from this address trusted, and does the application know her?)`;
      await scene.expect(browser.through(alice), { only: [alice.user] }, when);
      return browser;
    },
    async expect(client, { only, never }, when) {
      const { user, response } = await ask(client);
      const isAllowed = only ? only.includes(user) : user !== never;
      if (isAllowed) return response;
      const expected = only ? only.map(nameOf).join(' or ') : `anybody but ${never}`;
      throw new AssertionError({
        message: `When ${when}, ${path} answers ${response.status} as ${nameOf(user)}; it should be ${expected}.`,
        actual: nameOf(user),
        expected,
        operator: 'loginCheck',
      });
    },
  };
  try {
    await run(scene);
  } finally {
    for (const browser of browsers) browser.close();
  }

  function openBrowser(): Browser {
    return tracked(createBrowser(setup));
  }

  function tracked(browser: Browser): Browser {
    browsers.push(browser);
    return { ...browser, copy: async () => tracked(await browser.copy()) };
  }

  async function ask(
    client: LoginClient,
  ): Promise<{ readonly user: string | undefined; readonly response: LoginResponse }> {
    const response = await client.send(path);
    const { status } = response;
    if (status >= 500) {
      throw new AssertionError({
        message: `${path} answers ${status}: nobody can tell who is signed in.`,
        actual: status,
        expected: 'an answer below 500',
        operator: 'loginCheck',
      });
    }
    return {
      user: isAnswer(response) ? (options.whoAmI(response) ?? undefined) : undefined,
      response,
    };
  }
}

function nameOf(user: string | undefined): string {
  return user ?? 'nobody';
}
