import { expect, it } from '@jest/globals';
import { codeOf } from '../src/code-of.js';

it.each([[undefined], [null], ['ENOENT'], [{}], [{ code: 2 }], [new Error('ENOENT')]])(
  '%j has no code',
  (error) => {
    expect(codeOf(error)).toBeUndefined();
  },
);

it('an error of the system has one', () => {
  expect(codeOf(Object.assign(new Error('no'), { code: 'ENOENT' }))).toBe('ENOENT');
});
