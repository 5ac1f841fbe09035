import { AssertionError } from 'node:assert';
import type { Identity } from '@trusted-header/core';
import { authelia } from '@trusted-header/core/profiles';
import { type Browser, createBrowser, type LoginClient } from '../client/create-browser.js';
import { findProfile } from '../client/find-profile.js';
import type { LoginResponse } from '../client/send-request.js';
import { askWho } from './ask-who.js';
import type { LoginCheckOptions } from './login-check-options.js';
import { ALICE, BOB } from './users.js';

/** What a check works with: two users, and browsers that start with nothing in them. */
export interface Scene {
  readonly alice: Identity;
  readonly bob: Identity;
  readonly options: LoginCheckOptions;
  openBrowser(): Browser;
  /** Makes a browser in which somebody is signed in. Fails where the application does not do that. */
  signIn(identity: Identity): Promise<Browser>;
  /** Fails unless who is signed in is one of those. */
  expect(client: LoginClient, allowed: Allowed, when: string): Promise<LoginResponse>;
}

/** Who may be signed in; undefined is nobody. */
export type Allowed = readonly (string | undefined)[];

/** Runs something with a scene, and closes all its browsers afterwards. */
export async function inScene(
  options: LoginCheckOptions,
  run: (scene: Scene) => Promise<void>,
): Promise<void> {
  const { origin, profile, users = [ALICE, BOB], path } = options;
  const { signIn = (client: LoginClient) => client.send(path) } = options;
  const [alice, bob] = users;
  const setup = {
    origin: new URL(typeof origin === 'function' ? await origin() : origin),
    profile: findProfile(profile) ?? authelia,
    proxyHeaders: options.proxyHeaders ?? {},
    proxyAddress: options.proxyAddress,
    strangerAddress: options.strangerAddress,
  };
  const browsers: Browser[] = [];
  try {
    await run({
      alice,
      bob,
      options,
      openBrowser,
      async signIn(identity) {
        const browser = openBrowser();
        await signIn(browser.through(identity));
        const when = `the proxy names ${identity.user}, who signs in (are requests from this address trusted, and does the application know this user?)`;
        await expectUser(browser.through(identity), [identity.user], when);
        return browser;
      },
      expect: expectUser,
    });
  } finally {
    for (const browser of browsers) browser.close();
  }

  function openBrowser(): Browser {
    return kept(createBrowser(setup));
  }

  function kept(browser: Browser): Browser {
    browsers.push(browser);
    return { ...browser, copy: async () => kept(await browser.copy()) };
  }

  async function expectUser(
    client: LoginClient,
    allowed: Allowed,
    when: string,
  ): Promise<LoginResponse> {
    const { user, response } = await askWho(client, options);
    if (allowed.includes(user)) return response;
    const expected = allowed.map(nameOf).join(' or ');
    throw new AssertionError({
      message: `When ${when}, ${path} answers ${response.status} as ${nameOf(user)}; it should be ${expected}.`,
      actual: nameOf(user),
      expected,
      operator: 'loginCheck',
    });
  }
}

function nameOf(user: string | undefined): string {
  return user ?? 'nobody';
}
