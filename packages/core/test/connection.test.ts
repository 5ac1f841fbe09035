import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createAuthenticator } from '../src/index.js';
import { runs } from './arbitraries.js';
import { fastest } from './fastest.js';

const PROXY = '172.20.0.2';
const { authenticate } = createAuthenticator({ trustedProxies: PROXY, log: false });

function headerNamedIn(connection: string): string | undefined {
  const decision = authenticate({ peer: PROXY, rawHeaders: ['Connection', connection] });
  return decision.kind === 'refused' && decision.reason === 'header-hop-by-hop'
    ? decision.header
    : undefined;
}

describe('a Connection header (H3)', () => {
  it.each([
    ['Remote-User', 'Remote-User', 'alone'],
    ['close,remote_groups', 'Remote-Groups', 'last, an alias'],
    ['REMOTE.NAME , close', 'Remote-Name', 'first, an alias, white space behind it'],
    [',,\t Remote-Email\t,', 'Remote-Email', 'between empty ones'],
    [`${' '.repeat(70)}Remote-User`, 'Remote-User', 'far behind white space'],
    ['x'.repeat(70), undefined, 'one long token'],
    ['Remote-Users, XRemote-User', undefined, 'other names'],
    ['Remote-User;x', undefined, 'a token with a parameter, which is no such token'],
    ['Remote- User', undefined, 'white space inside'],
    ['Remote-Use', undefined, 'cut'],
    ['', undefined, 'empty'],
  ])('%j names %s: %s', (connection, header, _why) => {
    expect(headerNamedIn(connection)).toBe(header);
  });

  it('is the only header that names others', () => {
    // As long as Connection, and with its last letter.
    const rawHeaders = ['X-Location', 'Remote-User', 'Remote-User', 'john'];
    expect(authenticate({ peer: PROXY, rawHeaders })).toMatchObject({ identity: { user: 'john' } });
  });

  it('names a header exactly where one of its parts does', () => {
    const names = ['remote-user', 'remote-groups', 'remote-name', 'remote-email'];
    const part = fc.constantFrom(
      ...names,
      'Remote_User',
      'close',
      '',
      ' ',
      '\t',
      '\u00a0',
      'x',
      '-',
    );
    const list = fc
      .array(fc.tuple(part, fc.constantFrom(',', ',', ' ', '')))
      .map((p) => p.flat().join(''));
    fc.assert(
      fc.property(list, (connection) => {
        const tokens = connection.split(',').map((token) =>
          token
            .replace(/^[ \t]+|[ \t]+$/g, '')
            .toLowerCase()
            .replace(/[_.]/g, '-'),
        );
        expect(headerNamedIn(connection) !== undefined).toBe(
          tokens.some((token) => names.includes(token)),
        );
      }),
      runs(2000),
    );
  });

  it.each([
    [',', 'commas, which took 3.4 ms each'],
    [' ,', 'empty tokens with white space'],
    ['remote-usex,', 'tokens as long as a header'],
  ])('of 16 kB of %j costs a stranger little: %s', (part, _why) => {
    const rawHeaders = ['Connection', part.repeat(16_384 / part.length)];
    const ask = () => authenticate({ peer: '172.20.0.9', rawHeaders });
    expect(fastest(ask)).toBeLessThan(1);
  });
});
