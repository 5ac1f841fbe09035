import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { systemClock } from '../../src/live/clock.js';

it('the clock of the process goes on, and calls back once, unless it is called off', async () => {
  const begun = systemClock.now();
  const calls: string[] = [];
  systemClock.after(1, () => calls.push('waited for'));
  const callOff = systemClock.after(1, () => calls.push('called off'));
  callOff();
  await wait(20);
  expect(calls).toEqual(['waited for']);
  expect(systemClock.now() - begun).toBeGreaterThan(10);
});
