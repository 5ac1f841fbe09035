// What core's tests take from jest, on node:test: the parts of jest that are packages of their own, and its names.
import test from 'node:test';
import { bind } from 'jest-each';
import { ModuleMocker } from 'jest-mock';

export { afterEach } from 'node:test';
export { expect } from 'expect';

let hasFailed = false;

// The reader of test results ends a line also at the line separators of Unicode, and counts from there no test.
const inAscii = (name) =>
  name.replace(/[^ -~]/gu, (sign) => `<${sign.codePointAt(0).toString(16)}>`);

function one(name, body) {
  test.it(inAscii(name), async () => {
    // One red test is enough to notice a change.
    if (hasFailed) return;
    try {
      await body();
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  });
}

const group = (name, body) => test.describe(inAscii(name), () => void body());

export const it = Object.assign(one, { each: bind(one, false) });
export const describe = Object.assign(group, { each: bind(group, false) });
export const jest = new ModuleMocker(globalThis);
