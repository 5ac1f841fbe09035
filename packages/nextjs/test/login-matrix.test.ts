import { it } from '@jest/globals';
import { checkLoginMatrix } from '@trusted-header/conformance';
import { ironSessionTarget } from './login-targets.js';

const readme = new URL('../../login/README.md', import.meta.url);

it('iron-session is in the matrix of session libraries, as it is', () => {
  checkLoginMatrix(readme, ironSessionTarget);
});
