import { AssertionError } from 'node:assert';
import { checkLocalLogin } from './check-local-login.js';
import { checkMissing } from './check-missing.js';
import { checkOpenPath } from './check-open-path.js';
import { checkOptions } from './check-options.js';
import { checkSwitch } from './check-switch.js';
import { inScene, type Scene } from './create-scene.js';
import type { LoginCheckOptions } from './login-check-options.js';
import { messageOf } from './message-of.js';
import { ALICE, BOB } from './users.js';

/** One check, for `it.each` or a loop. */
export interface LoginCheck {
  /** A sentence of what must be so. */
  readonly name: string;
  /** @throws {AssertionError} what was sent, who was signed in, and who should have been. */
  run(): Promise<void>;
}

/**
 * Gives the checks of an application's login that these options allow: that sessions and tokens follow the proxy, that a login
 * of its own is left alone, and that an open path ends nothing.
 *
 * Nothing is sent before a check is run. Each begins with a sign-in, and fails where that does nothing: an application that never
 * signs anybody in passes none.
 *
 * @throws {ConfigError} `option-invalid`
 *
 * @example
 * ```ts
 * import { it } from '@jest/globals';
 * import { loginChecks } from '@trusted-header/testing';
 *
 * const checks = loginChecks({
 *   origin: 'http://127.0.0.1:3000',
 *   path: '/api/me',
 *   whoAmI: ({ body }) => JSON.parse(body).user,
 *   strangerAddress: '127.0.0.2',
 *   openPath: '/healthz',
 * });
 * it.each(checks)('$name', ({ run }) => run());
 * ```
 */
export function loginChecks(options: LoginCheckOptions): readonly LoginCheck[] {
  checkOptions(options);
  const [alice, bob] = options.users ?? [ALICE, BOB];
  const { localLogin, openPath, onMissing } = options;
  const whose = onMissing === 'keep' ? 'is nobody else’s' : 'is nobody’s';
  const check = (name: string, run: (scene: Scene) => Promise<void>): LoginCheck => ({
    name,
    run: () => inScene(options, run),
  });
  return [
    check(`${alice.user}’s session is never hers once the proxy names ${bob.user}`, checkSwitch),
    check(`${alice.user}’s session ${whose} once the proxy names nobody`, checkMissing),
    ...(localLogin
      ? [
          check('the application’s own login is left alone by the proxy’s headers', (scene) =>
            checkLocalLogin(scene, localLogin),
          ),
        ]
      : []),
    ...(openPath === undefined
      ? []
      : [check('an open path ends nothing', (scene) => checkOpenPath(scene, openPath))]),
  ];
}

/**
 * Runs all {@link loginChecks}, one after the other, and gives the names of those that there were.
 *
 * @throws {AssertionError} naming all that failed.
 */
export async function checkLogin(options: LoginCheckOptions): Promise<readonly string[]> {
  const failed: string[] = [];
  const lines: string[] = [];
  const checks = loginChecks(options);
  for (const { name, run } of checks) {
    try {
      await run();
    } catch (error) {
      failed.push(name);
      lines.push(`\n- ${name}: ${messageOf(error)}`);
    }
  }
  if (failed.length > 0) {
    const message = `The login fails ${failed.length} of ${checks.length} checks.${lines.join('')}`;
    throw new AssertionError({ message, actual: failed, expected: [], operator: 'checkLogin' });
  }
  return checks.map(({ name }) => name);
}
