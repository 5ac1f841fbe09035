import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../src/index.js';
import { openProbeWindow } from '../src/probe/index.js';

/** Gives what the operator is told of a token. */
function faultOf(token: string): string {
  try {
    openProbeWindow(token, { notify: () => undefined });
  } catch (error) {
    return error instanceof ConfigError ? `${error.code} ${error.message}` : String(error);
  }
  return 'fine';
}

const PROBLEM = 'is no token of 22 to 128 letters, digits, - and _';
const SHORT = 'is shorter than 32 hexadecimal digits, which are 128 bits';

describe('a token', () => {
  it.each([
    ['0123456789abcdef0123456789abcde', '31 characters', SHORT, '124 bits'],
    ['0123456789ABCDEF012345', '22 characters', SHORT, '22 characters that are digits only'],
    ['kept-between-us-two-0', '21 characters', PROBLEM, '126 bits'],
    ['a'.repeat(129), '129 characters', PROBLEM, 'more than a header should hold'],
    ['kept between us two and nobody', '30 characters', PROBLEM, 'spaces, which a proxy may fold'],
    ['kept-between-us-two-and-nobody\n', '31 characters', PROBLEM, 'a line end of a secrets file'],
    ['kept+between/us+two/and=', '24 characters', PROBLEM, 'base64 that is no base64url'],
    ['true', '4 characters', PROBLEM, 'a switch, which it is not'],
  ])('that is %j is refused, and is not printed', (token, shown, problem, _why) => {
    const fault = faultOf(token);
    expect(fault).toContain('option-invalid');
    expect(fault).toContain(`TRUSTED_HEADER_PROBE: ${JSON.stringify(shown)} ${problem}`);
    expect(fault).toContain('openssl rand -hex 16 or npx @trusted-header/cli probe --new-token');
    expect(fault).not.toContain(token);
  });

  it('that is empty or undefined opens nothing', () => {
    expect(openProbeWindow('', { notify: () => undefined })).toBeUndefined();
    expect(openProbeWindow(undefined, { notify: () => undefined })).toBeUndefined();
  });

  it.each([
    ['00112233445566778899aabbccddeeff', '32 hexadecimal digits'],
    ['kept-between-us-two_00', '22 characters of base64url'],
    ['face-between-us-two_00', 'that many, of which the first are hexadecimal digits too'],
    ['x'.repeat(128), '128 characters'],
  ])('that is %j will do: %s', (token) => {
    expect(faultOf(token)).toBe('fine');
  });
});
