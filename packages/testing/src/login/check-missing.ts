import type { Allowed, Scene } from './create-scene.js';

/**
 * Alice's session or token, and a proxy that names nobody; and the same past the proxy, with a claim and without.
 *
 * With `onMissing: 'keep'` it may still be alice's, and never anybody else's.
 */
export async function checkMissing(scene: Scene): Promise<void> {
  const { alice, options } = scene;
  const nobody = options.onMissing === 'keep' ? [undefined, alice.user] : [undefined];
  const browser = await scene.signIn(alice);
  const copy = await browser.copy();
  const when = `${alice.user}’s cookies or token come in and the proxy names nobody`;
  await scene.expect(browser.through(undefined), nobody, when);
  await scene.expect(copy.through(undefined), nobody, `${when}, from a copy of before`);
  if (options.renew) {
    const old = await scene.signIn(alice);
    await options.renew(old.through(undefined));
    await scene.expect(old.through(undefined), nobody, `${when}, after the token was renewed`);
  }
  if (options.strangerAddress !== undefined)
    await checkPast(scene, options.strangerAddress, nobody);
}

/** Signs in anew for each: what one has ended, another cannot find. */
async function checkPast(scene: Scene, address: string, nobody: Allowed): Promise<void> {
  const { alice, bob } = scene;
  const from = `from ${address}, past the proxy`;
  const cookies = `${alice.user}’s cookies or token come in ${from}`;
  for (const [claim, suffix] of [
    [undefined, ''],
    [bob, `, claiming to be ${bob.user}`],
    [alice, ', claiming to be herself'],
  ] as const) {
    const browser = await scene.signIn(alice);
    await scene.expect(browser.past(claim), nobody, `${cookies}${suffix}`);
  }
  const stranger = scene.openBrowser();
  const claim = `somebody ${from} claims to be ${alice.user}`;
  await scene.expect(stranger.past(alice), [undefined], claim);
  await scene.expect(stranger.past(), [undefined], `${claim}, and comes again without`);
}
