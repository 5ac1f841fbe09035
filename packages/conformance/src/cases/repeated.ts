import { type ConformanceGroup, forbidden, toCase } from './build.js';

const rows = [
  {
    id: 'user-twice',
    why: 'Kubernetes takes the first of several user lines in silence; others the last (H2)',
    lines: ['Remote-User: alice', 'Remote-User: admin'],
  },
  {
    id: 'user-twice-apart',
    why: 'the client’s line and the proxy’s need not be neighbours',
    lines: ['Remote-User: alice', 'Remote-Groups: dev', 'X-Other: 1', 'Remote-User: admin'],
  },
  {
    id: 'user-twice-in-other-case',
    why: 'a map keyed by the received name keeps both and reads one',
    lines: ['Remote-User: alice', 'REMOTE-USER: admin'],
  },
  {
    id: 'user-twice-the-same',
    why: 'two lines are two lines, also where they agree today',
    lines: ['Remote-User: alice', 'Remote-User: alice'],
  },
  {
    id: 'user-empty-then-user',
    why: 'Node joins them to ", admin"; an empty line of the proxy’s hides a client’s',
    lines: ['Remote-User:', 'Remote-User: admin'],
  },
  {
    id: 'user-then-empty',
    why: 'an empty line counts as a line',
    lines: ['Remote-User: admin', 'Remote-User:'],
  },
  {
    id: 'user-three-times',
    why: 'neither first, middle nor last',
    lines: ['Remote-User: alice', 'Remote-User: admin', 'Remote-User: bob'],
  },
  {
    id: 'groups-twice',
    why: 'joined lines would silently add groups: Caddy CVE-2026-30851 (H2)',
    lines: ['Remote-User: alice', 'Remote-Groups: dev', 'Remote-Groups: admin'],
  },
  {
    id: 'groups-twice-in-other-case',
    why: 'joined lines would silently add groups (H2)',
    lines: ['Remote-User: alice', 'Remote-Groups: dev', 'remote-groups: admin'],
  },
  {
    id: 'groups-twice-first-empty',
    why: 'a user without groups would get the client’s',
    lines: ['Remote-User: alice', 'Remote-Groups:', 'Remote-Groups: admin'],
  },
  {
    id: 'email-twice',
    why: 'accounts are found by email (H2)',
    lines: ['Remote-User: alice', 'Remote-Email: a@example.com', 'Remote-Email: root@example.com'],
  },
  {
    id: 'name-twice',
    why: 'which of two names is shown to other users is nobody’s to choose (H2)',
    lines: ['Remote-User: alice', 'Remote-Name: Alice', 'Remote-Name: The Admin'],
  },
];

export const repeated: ConformanceGroup = {
  title: 'a header comes twice',
  cases: rows.map((row) => toCase({ ...row, expect: forbidden('header-repeated') })),
};
