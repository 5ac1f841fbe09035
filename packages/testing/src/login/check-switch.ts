import { AssertionError } from 'node:assert';
import { isAnswer } from '../client/send-request.js';
import type { Scene } from './create-scene.js';
import { sessionMarkIn } from './session-mark.js';

const AT_ONCE = 8;

/**
 * Alice's session or token, and a proxy that names bob: the next person at the browser.
 *
 * The cookies are tried as they have become, as they were before, and by both people at once.
 */
export async function checkSwitch(scene: Scene): Promise<void> {
  const { alice, bob, options } = scene;
  // That he is known at all: else nothing would be shown by his not being alice.
  await scene.signIn(bob);
  const notAlice = [bob.user, undefined];
  const browser = await scene.signIn(alice);
  const copy = await browser.copy();
  const what = `${alice.user}’s cookies or token come in and the proxy names ${bob.user}`;
  await scene.expect(browser.through(bob), notAlice, what);
  await scene.expect(browser.through(bob), notAlice, `${what}, again`);
  await scene.expect(copy.through(bob), notAlice, `${what}, from a copy of before`);
  const back = `${bob.user}’s cookies come in and the proxy names ${alice.user}`;
  await scene.expect(browser.through(alice), [alice.user, undefined], back);
  if (options.renew) {
    const old = await scene.signIn(alice);
    await options.renew(old.through(bob));
    await scene.expect(old.through(bob), notAlice, `${what}, after the token was renewed`);
  }
  if (options.sessionMark) await checkData(scene);
  await checkAtOnce(scene);
}

/** What alice's session held is gone: bob is given no CSRF token of hers, and no basket. */
async function checkData(scene: Scene): Promise<void> {
  const { alice, bob, options } = scene;
  const browser = await scene.signIn(alice);
  const hers = sessionMarkIn(await browser.through(alice).send(options.path), options);
  const answer = await browser.through(bob).send(options.path);
  if (!isAnswer(answer) || JSON.stringify(options.sessionMark?.(answer)) !== hers) return;
  throw new AssertionError({
    message: `When ${alice.user}’s cookies come in and the proxy names ${bob.user}, his session still holds what hers did (sessionMark).`,
    actual: hers,
    expected: 'another, or nothing',
    operator: 'loginCheck',
  });
}

/** Two tabs, or a request that is still on its way when the next person signs in. */
async function checkAtOnce(scene: Scene): Promise<void> {
  const { alice, bob } = scene;
  const shared = await scene.signIn(alice);
  const when = `both ask at once with ${alice.user}’s cookies`;
  const asked = Array.from({ length: AT_ONCE }, () => [
    scene.expect(shared.through(alice), [alice.user, undefined], when),
    scene.expect(shared.through(bob), [bob.user, undefined], when),
  ]);
  await Promise.all(asked.flat());
}
