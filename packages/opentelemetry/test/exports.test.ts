import { expect, it } from '@jest/globals';
import * as opentelemetry from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(opentelemetry).sort()).toEqual(['observeDecisions']);
});
