import { describeReply } from '../matrix/describe-result.js';
import { DOMAIN } from '../world/constants.js';
import type { Flow } from './case.js';
import { fetchOne, type Line } from './requests.js';

const PAGE: Line = ['Accept', 'text/html,application/xhtml+xml,*/*;q=0.8'];
const JSON_ONLY: Line = ['Accept', 'application/json'];
const SCRIPT: Line = ['X-Requested-With', 'XMLHttpRequest'];
const EMPTY: Line = ['Content-Length', '0'];

/** What somebody is told who is not signed in: pages are sent to the portal, programs get a status that they understand. */
export const UNAUTHORIZED_FLOWS: readonly Flow[] = [
  told('page', 'A page is sent to the portal.', '302 portal', 'GET', [PAGE]),
  told('form', 'A form is sent there by GET, whatever it was sent with.', '303 portal', 'POST', [
    PAGE,
    EMPTY,
  ]),
  told('program', 'A program gets 401.', '401', 'GET', [JSON_ONLY]),
  told('program-post', 'So does one that sends something.', '401', 'POST', [JSON_ONLY, EMPTY]),
  told(
    'script',
    'A script of a page gets 401: a redirect to another origin would be an error of CORS.',
    '401',
    'GET',
    [PAGE, SCRIPT],
  ),
];

function told(
  name: string,
  why: string,
  expected: string,
  method: string,
  lines: readonly Line[],
): Flow {
  return {
    id: `unauthorized-${name}`,
    why,
    expected,
    run: async (site) => {
      const headers: readonly Line[] = [['Host', DOMAIN], ...lines];
      const reply = await fetchOne(site, { method, path: '/whoami', headers });
      // A program that gets 401 may be told of the portal as well.
      return reply.status === 401 ? '401' : `${reply.status} ${describeReply(reply, undefined)}`;
    },
  };
}
