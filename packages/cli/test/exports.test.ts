import { expect, it } from '@jest/globals';
import * as cli from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(cli).sort()).toEqual([
    'PROXIES',
    'explain',
    'explainRequest',
    'explanations',
    'proxyConfig',
  ]);
});
