import { isIP } from 'node:net';
import { type Family, parseIp } from '../audit/ip.js';
import { entriesOf } from '../entries-of.js';
import type { Plan } from './plan.js';

const OTHER: Readonly<Record<Family, Family>> = { 4: 6, 6: 4 };

/**
 * Says that an application with a name may be reached by the IP version of which no address of the proxy is listed.
 *
 * On a dual-stack network a name has addresses of both, and a proxy takes them in turn: half of the requests come from an
 * address that the application does not trust.
 */
export function familyNotes({ app, proxyAddress = '' }: Plan): readonly string[] {
  if (app.scheme === 'unix' || isIP(app.host) !== 0) return [];
  const [family, ...others] = new Set(entriesOf(proxyAddress).flatMap(familiesOf));
  if (family === undefined || others.length > 0) return [];
  const other = `IPv${OTHER[family]}`;
  return [
    `--app is a name (${app.host}): where it has an ${other} address as well, the proxy may connect by ${other}, from an address that is not listed, and get 403. List both: --proxy-address ${proxyAddress},<the proxy’s ${other} address>`,
  ];
}

/** The names of core's (`loopback`) stand for ranges of both. */
function familiesOf(entry: string): readonly Family[] {
  if (entry.startsWith('unix:')) return [];
  const ip = parseIp(entry.replace(/\/.*/, ''));
  return ip ? [ip.family] : [4, 6];
}
