import { describeReply } from '../matrix/describe-result.js';
import type { User } from '../portal/users.js';
import type { Flow } from './case.js';
import { asUser, fetchOne, type Line } from './requests.js';

const COOKIES = `theme=${'c'.repeat(6_000)}`;
const QUERY = `/whoami?q=${'u'.repeat(3_000)}`;

/** Requests and answers as large as they are in ordinary life. */
export const LARGE_FLOWS: readonly Flow[] = [
  large('url-3k', 'A filter or an OAuth callback makes a URL of 3 KB.', 'ann', QUERY),
  large(
    'cookies-6k',
    'The cookies of an application and its analytics are 6 KB.',
    'ann',
    '/whoami',
    COOKIES,
  ),
  large('url-and-cookies', 'And both of them in one request.', 'ann', QUERY, COOKIES),
  large('groups-long', 'Somebody is in 300 groups with names of 28 bytes.', 'long', '/whoami'),
  large('groups-short', 'Somebody is in 600 groups with short names.', 'short', '/whoami'),
];

function large(id: string, why: string, user: User, path: string, cookies?: string): Flow {
  return {
    id,
    why,
    expected: 'own',
    run: async (site) => {
      const more: readonly Line[] =
        cookies === undefined ? [] : [['Cookie', `${site.cookies[user]}; ${cookies}`]];
      const request = asUser(site, cookies === undefined ? user : undefined, path, {
        headers: more,
      });
      return describeReply(await fetchOne(site, request), user);
    },
  };
}
