import { AssertionError } from 'node:assert';
import type { Browser } from '../client/create-browser.js';
import type { Scene } from './create-scene.js';
import { sessionMarkIn } from './session-mark.js';

/**
 * A path that the proxy bypasses, and so names nobody on: alice's session must be the same one afterwards.
 *
 * That it is the same is seen by `sessionMark`, or else by the cookies: an application that signs in by itself would hide the end
 * of a session by starting another.
 */
export async function checkOpenPath(scene: Scene, openPath: string): Promise<void> {
  const { alice, options } = scene;
  const browser = await scene.signIn(alice);
  const before = await markOf(scene, browser, 'she has signed in');
  const steady = await markOf(scene, browser, 'she comes again');
  if (steady !== before) {
    throw failure(
      'The session looks another one after each request: give sessionMark, which reads from the answer what stays the same.',
      steady,
      before,
    );
  }
  for (const [client, how] of [
    [browser.through(undefined), 'by the proxy, which names nobody'],
    ...(options.strangerAddress === undefined
      ? []
      : [[browser.past(), `from ${options.strangerAddress}`] as const]),
  ] as const) {
    const { status } = await client.send(openPath);
    if (status >= 400) {
      const what = `${openPath} answers ${status} to ${alice.user}’s cookies ${how}: it is not open.`;
      throw failure(what, status, 'an answer below 400');
    }
    const after = await markOf(scene, browser, `she comes back from ${openPath}, ${how}`);
    if (after === before) continue;
    const what = `${openPath}, asked for ${how}, has ended ${alice.user}’s session.`;
    throw failure(what, after, before);
  }
}

async function markOf(scene: Scene, browser: Browser, when: string): Promise<string> {
  const { alice, options } = scene;
  const response = await scene.expect(browser.through(alice), [alice.user], when);
  return sessionMarkIn(response, options) ?? browser.cookies();
}

function failure(message: string, actual: unknown, expected: unknown): AssertionError {
  return new AssertionError({ message, actual, expected, operator: 'loginCheck' });
}
