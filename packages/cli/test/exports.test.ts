import { expect, it } from '@jest/globals';
import * as check from '../src/check/index.js';
import * as cli from '../src/index.js';
import * as probe from '../src/probe/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(cli).sort()).toEqual([
    'PROXIES',
    'explain',
    'explainRequest',
    'explanations',
    'proxyConfig',
  ]);
});

it('exports these values to browsers and no others', () => {
  expect(Object.keys(check).sort()).toEqual([
    'PROFILE_IDS',
    'answerJson',
    'asBytes',
    'checkRequest',
    'describeAnswer',
    'isCliError',
    'visible',
  ]);
});

it('exports these values to programs that probe and no others', () => {
  expect(Object.keys(probe).sort()).toEqual(['newToken', 'runProbe']);
});
