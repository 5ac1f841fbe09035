import { afterAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { hasProbe, isProbeHeader, openProbeWindow } from '../src/probe/index.js';

const TOKEN = '00112233445566778899aabbccddeeff';
const LINE = ['Trusted-Header-Probe', TOKEN];
const MINUTE = 60_000;

let now = 5 * MINUTE;
const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
const wall = jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-27T12:00:00.500Z'));
afterAll(() => {
  clock.mockRestore();
  wall.mockRestore();
});

// One for the process, which is this file.
const told: string[] = [];
const later: (readonly [callback: () => void, ms: number])[] = [];
const wasThere = [hasProbe(), isProbeHeader('trusted-header-probe')];
const window = openProbeWindow(TOKEN, {
  notify: (line) => told.push(line),
  later: (callback, ms) => later.push([callback, ms]),
});
const opening = told.splice(0);

describe('the window of the probe', () => {
  beforeEach(() => {
    told.length = 0;
  });

  it('is not there before it is opened', () => {
    expect(wasThere).toEqual([false, false]);
    expect(hasProbe()).toBe(true);
  });

  it('tells, once, until when it is open, and not the token', () => {
    expect(opening).toEqual([
      'TRUSTED_HEADER_PROBE is set: until 2026-11-27T12:15:00Z, whoever sends its token is told how requests arrive here, and no handler runs; unset it when you have probed',
    ]);
    expect(later.map(([, ms]) => ms)).toEqual([15 * MINUTE]);
  });

  it.each<[readonly string[], boolean, string]>([
    [LINE, true, 'the token'],
    [['trusted-header-probe', ` ${TOKEN}\t`], true, 'in lower case, with white space round it'],
    [['Host', 'app', ...LINE, 'Remote-User', 'alice'], true, 'among others'],
    [[], false, 'nothing'],
    [['Trusted-Header-Probe', ''], false, 'an empty line'],
    [['Trusted-Header-Probe', TOKEN.toUpperCase()], false, 'in another case'],
    [['Trusted-Header-Probe', TOKEN.slice(1)], false, 'without its first letter'],
    [['Trusted-Header-Probe', `${TOKEN}f`], false, 'with one letter more'],
    [['Trusted-Header-Probe', `${TOKEN}, ${TOKEN}`], false, 'two lines that were joined'],
    [[...LINE, ...LINE], false, 'two lines'],
    [[...LINE, 'trusted-header-probe', 'x'], false, 'and a guess'],
    [['Trusted_Header_Probe', TOKEN], false, 'under an alias'],
    [['Trusted-Header-Probe'], false, 'a name without a value'],
    [[...LINE, 'Trusted-Header-Probe'], false, 'and its name without a value'],
    [['X-Trusted-Header-Probe', TOKEN], false, 'under another name'],
  ])('takes %j: %j, %s', (rawHeaders, expected) => {
    expect(window?.isProbe(rawHeaders)).toBe(expected);
    expect(told).toEqual([]);
  });

  it('takes no facts that are none', () => {
    const odd = (value: unknown) => Reflect.apply(window?.isProbe ?? Boolean, window, [value]);
    expect([undefined, null, 'text', {}, [undefined, TOKEN]].map(odd)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('knows its header, and its aliases, which are to be stripped', () => {
    const names = ['Trusted-Header-Probe', 'trusted_header.probe', 'Trusted-Header-Prob', 'Probe'];
    expect(names.map(isProbeHeader)).toEqual([true, true, false, false]);
  });

  it('is not opened again, by no adapter and no other token', () => {
    now += 14 * MINUTE;
    const again = openProbeWindow('ffeeddccbbaa99887766554433221100', {
      notify: (line) => told.push(line),
    });
    expect(again).toBe(window);
    expect(again?.isProbe(['Trusted-Header-Probe', 'ffeeddccbbaa99887766554433221100'])).toBe(
      false,
    );
    expect(again?.isProbe(LINE)).toBe(true);
    expect(told).toEqual([]);
  });

  it('is open for fifteen minutes to the millisecond, and tells once that it is not', () => {
    now = 20 * MINUTE - 1;
    expect(window?.isProbe(LINE)).toBe(true);
    now = 20 * MINUTE;
    expect(window?.isProbe(LINE)).toBe(false);
    for (const [callback] of later) callback();
    expect(window?.isProbe(LINE)).toBe(false);
    expect(told).toEqual([
      'the fifteen minutes of TRUSTED_HEADER_PROBE are over, and its token counts no more; start the process again to probe again, or unset it',
    ]);
  });

  it('is not opened again by a clock that is set back', () => {
    now = 20 * MINUTE + 1;
    wall.mockReturnValue(Date.parse('2026-11-27T12:00:00Z'));
    expect(window?.isProbe(LINE)).toBe(false);
  });

  it('leaves its header to be stripped when it is over', () => {
    expect([hasProbe(), isProbeHeader('Trusted-Header-Probe')]).toEqual([true, true]);
  });
});
