import { expect, it } from '@jest/globals';
import { describeChange } from '../../src/live/describe-change.js';
import type { TrustListEvent } from '../../src/live/trust-list-event.js';

const EIGHT = ['::1', '::2', '::3', '::4', '::5', '::6', '::7', '::8'];

const FRESH: TrustListEvent = {
  source: 'dns:a',
  state: 'fresh',
  entries: [],
  added: [],
  removed: [],
};

it.each<[string, Partial<TrustListEvent>, string]>([
  [
    'eight entries',
    { entries: EIGHT, added: ['::8'] },
    'dns:a names ::1, ::2, ::3, ::4, ::5, ::6, ::7, ::8 (came: ::8); for a while',
  ],
  [
    'more than that',
    { entries: [...EIGHT, '::9', '::a'], removed: ['::b'] },
    'dns:a names ::1, ::2, ::3, ::4, ::5, ::6, ::7, ::8 and 2 more (went: ::b); for a while',
  ],
  [
    'nothing new, after a failure',
    { entries: EIGHT },
    'dns:a can be read again, and names what it did',
  ],
  [
    'nobody, for no reason that is known',
    { state: 'failed', removed: ['::1'] },
    'dns:a names nobody: nobody is believed for it (went: ::1)',
  ],
])('says in one line that a source names %s', (_, change, line) => {
  expect(describeChange({ ...FRESH, ...change }, { window: 'for a while' })).toBe(line);
});
