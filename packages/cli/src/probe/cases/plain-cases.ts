import type { Role } from '../identity-names.js';
import type { ProbeCase } from './case.js';
import { ownLines } from './own-lines.js';

const ASVS = 'ASVS 5.0 V4.1.3';

/** A client names a user itself, as the proxy would. */
export const PLAIN_CASES: readonly ProbeCase[] = [
  {
    id: 'TH-P-PLAIN',
    title: 'all identity headers, as the proxy writes them',
    rule: ASVS,
    tier: 1,
    vantage: 'front',
    attempt: (scene) => ({ lines: ownLines(scene) }),
  },
  {
    id: 'TH-P-DIRECT',
    title: 'all identity headers, past the proxy',
    rule: `T1, ${ASVS}`,
    tier: 1,
    vantage: 'direct',
    attempt: (scene) => ({ lines: ownLines(scene) }),
  },
  {
    id: 'TH-P-DIRECT-FORWARDED',
    title: 'the same, with headers that name a trusted address',
    rule: `T1, T9, ${ASVS}`,
    tier: 1,
    vantage: 'direct',
    attempt: (scene) => ({
      lines: [
        ...ownLines(scene),
        'X-Forwarded-For: 127.0.0.1',
        'X-Real-IP: 127.0.0.1',
        'Forwarded: for=127.0.0.1',
      ],
    }),
  },
  alone('TH-P-USER', 'user', 'H7'),
  alone('TH-P-GROUPS', 'groups', 'H7, CVE-2026-30851'),
  alone('TH-P-NAME', 'name', 'H7'),
  alone('TH-P-EMAIL', 'email', 'H7'),
  {
    id: 'TH-P-EXTRA',
    title: 'the other headers that the application reads',
    rule: `H14, ${ASVS}`,
    tier: 1,
    attempt: ({ others, plant }) =>
      others.length === 0
        ? undefined
        : { lines: others.map((header) => `${header}: ${plant(header, 'own', header)}`) },
  },
  {
    id: 'TH-P-TWO-LINES',
    title: 'the user in two lines',
    rule: `H2, ${ASVS}`,
    tier: 1,
    attempt: ({ names: { user }, plant }) =>
      user === undefined
        ? undefined
        : {
            lines: [
              `${user}: ${plant(user, 'own', 'user-1')}`,
              `${user}: ${plant(user, 'own', 'user-2')}`,
            ],
          },
  },
];

/** One header alone: a proxy that replaces the user may let the groups through. */
function alone(id: ProbeCase['id'], role: Role, rule: string): ProbeCase {
  return {
    id,
    title: `the ${role === 'email' ? 'e-mail address' : role} alone`,
    rule: `${rule}, ${ASVS}`,
    tier: 1,
    attempt: (scene) => {
      const name = scene.names[role];
      if (name === undefined) return undefined;
      return { lines: ownLines({ ...scene, names: { [role]: name } }) };
    },
  };
}
