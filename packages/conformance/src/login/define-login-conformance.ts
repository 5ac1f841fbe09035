import type { TestFramework } from '../define-conformance.js';
import { loginGroups } from './cases/index.js';
import type { LoginTarget } from './login-target.js';
import { runLoginCase } from './run/run-login-case.js';

/** Defines one test for every case of the login: a session library under an adapter's `signIn`. */
export function defineLoginConformance(
  target: LoginTarget,
  { describe, it }: Pick<TestFramework, 'describe' | 'it'>,
): void {
  describe(`signing in with ${target.name}`, () => {
    for (const { title, cases } of loginGroups) {
      describe(title, () => {
        for (const each of cases) {
          it(`${each.id}: ${each.why}`, () => runLoginCase(each, target));
        }
      });
    }
  });
}
