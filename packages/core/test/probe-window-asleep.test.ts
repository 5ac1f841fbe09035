import { afterAll, expect, it, jest } from '@jest/globals';
import { openProbeWindow } from '../src/probe/index.js';

const TOKEN = '00112233445566778899aabbccddeeff';
const MINUTE = 60_000;

// The clock that nobody sets stands still while a laptop, or a virtual machine, sleeps.
const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
const opened = Date.parse('2026-11-27T12:00:00Z');
jest.useFakeTimers({ now: opened, doNotFake: ['performance'] });
afterAll(() => clock.mockRestore());

it('is open no longer for having slept, nor for a clock that is set back then', () => {
  const lines: string[] = [];
  const window = openProbeWindow(TOKEN, { notify: (line) => lines.push(line) });
  lines.length = 0;
  const isOpenAfter = (ms: number) => {
    jest.setSystemTime(opened + ms);
    return window?.isProbe(['Trusted-Header-Probe', TOKEN]);
  };
  const times = [-MINUTE, 15 * MINUTE - 1, 15 * MINUTE, 0];
  expect(times.map(isOpenAfter)).toEqual([true, true, false, false]);
  expect(lines).toEqual([expect.stringContaining('TRUSTED_HEADER_PROBE are over')]);
});
