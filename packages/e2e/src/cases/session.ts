import { PASSWORD } from '../portal/users.js';
import type { Flow, Site } from './case.js';
import { asUser, fetchOne, type Line } from './requests.js';

/** What the application gets of what signs people in. */
export const SESSION_FLOWS: readonly Flow[] = [
  {
    id: 'session-hidden',
    why: 'The portal’s cookie, which opens every application, does not reach this one; others do.',
    apps: ['echo'],
    expected: 'a=1; b=2',
    run: async (site) => received(site, 'cookie', [['Cookie', `a=1; ${site.cookies.john}; b=2`]]),
  },
  {
    id: 'bearer-kept',
    why: 'A token of the application’s own reaches it.',
    apps: ['echo'],
    expected: 'Bearer abc',
    run: (site) =>
      received(site, 'authorization', [
        ['Cookie', site.cookies.john],
        ['Authorization', 'Bearer abc'],
      ]),
  },
  {
    id: 'basic-hidden',
    why: 'A password that the portal would take does not.',
    apps: ['echo'],
    expected: 'nothing',
    run: (site) =>
      received(site, 'authorization', [['Authorization', `Basic ${btoa(`john:${PASSWORD}`)}`]]),
  },
];

async function received(site: Site, name: string, headers: readonly Line[]): Promise<string> {
  const { body } = await fetchOne(site, asUser(site, undefined, '/received', { headers }));
  const lines: readonly string[] = JSON.parse(body).headers;
  const values = lines.filter((_, i) => i % 2 === 1 && lines[i - 1]?.toLowerCase() === name);
  return values.join(' | ') || 'nothing';
}
