import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { loginCases, loginGroups } from '../src/index.js';

const own = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const login = readFileSync(new URL('../../login/README.md', import.meta.url), 'utf8');

it('counts the cases of the login, in both READMEs', () => {
  expect(own).toContain(`${loginCases.length} cases of the login`);
  expect(login).toContain(`${loginCases.length} cases`);
});

it('lists the groups of the login in their order', () => {
  const [, section = ''] = own.split('## Session libraries');
  const titles = [...section.matchAll(/^\| _(.+?)_ +\|/gm)].map(([, title]) => title);
  expect(titles).toEqual(loginGroups.map(({ title }) => title));
});
