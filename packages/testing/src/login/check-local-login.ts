import type { Scene } from './create-scene.js';
import type { LoginCheckOptions } from './login-check-options.js';

/** Somebody who has signed in by the application's own login, while the proxy names nobody, or somebody else. */
export async function checkLocalLogin(
  scene: Scene,
  { user, signIn }: NonNullable<LoginCheckOptions['localLogin']>,
): Promise<void> {
  const { bob, options } = scene;
  const herself = [user];
  const browser = scene.openBrowser();
  await signIn(browser.through(undefined));
  const after = `${user} has signed in by the application’s own login`;

  await scene.expect(browser.through(undefined), herself, after);
  await scene.expect(browser.through(bob), herself, `${after} and the proxy names ${bob.user}`);
  await scene.expect(
    browser.through(undefined),
    herself,
    `${after} and the proxy names nobody again`,
  );
  if (options.strangerAddress === undefined) return;
  const past = `${after} and comes past the proxy`;
  await scene.expect(browser.past(), herself, past);
  // A claim that is not believed may be refused; it must not be believed, and end nothing.
  const claimed = [user, undefined];
  await scene.expect(browser.past(bob), claimed, `${past}, claiming to be ${bob.user}`);
  await scene.expect(browser.past(), herself, `${past}, after such a claim`);
}
