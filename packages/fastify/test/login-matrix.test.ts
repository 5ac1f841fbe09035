import { it } from '@jest/globals';
import { checkLoginMatrix } from '@trusted-header/conformance';
import { loginTargets } from './login-targets.js';

const readme = new URL('../../login/README.md', import.meta.url);

it.each(loginTargets)('$name is in the matrix of session libraries, as it is', (target) => {
  checkLoginMatrix(readme, target);
});
