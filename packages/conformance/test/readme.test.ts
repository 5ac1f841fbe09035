import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { conformanceCases, conformanceGroups } from '../src/index.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('shows a target that is run as it is written', () => {
  const test = readFileSync(new URL('./node.test.ts', import.meta.url), 'utf8');
  expect(readme).toContain(`\`\`\`ts\n${test}\`\`\``);
});

it('counts the cases', () => {
  expect(readme).toContain(`${conformanceCases.length} cases`);
});

it('lists the groups of cases in their order', () => {
  const titles = [...readme.matchAll(/^\| \*\*(.+?)\*\* +\|/gm)].map(([, title]) => title);
  expect(titles).toEqual(conformanceGroups.map(({ title }) => title));
});
