import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { formatEcs, formatOcsf, formatOwasp } from '../src/formatters/index.js';
import { EVENTS } from './formatters.js';

it('writes what the README shows', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, shown = ''] = /```json\n(\{"datetime"[\s\S]*?)\n```/.exec(readme) ?? [];
  const events = EVENTS['a stranger claims a user'];
  const records = [formatOwasp, formatEcs, formatOcsf].flatMap((format) =>
    events.flatMap((event): readonly object[] => format(event, { appid: 'notes' })),
  );
  expect(records.map((record) => JSON.stringify(record))).toEqual(shown.split('\n'));
});
