import type { Attack } from './case.js';
import { rawAttack } from './raw.js';

const padding = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `X-${i}: 1`);

/** A claim in a form that the proxy and the application may read differently. */
export const SYNTAX_ATTACKS: readonly Attack[] = [
  rawAttack(
    'connection-names-user',
    'Connection tells the next hop to delete what the proxy has set.',
    'own',
    {
      as: 'ann',
      lines: ['Connection: close, Remote-User, Remote-Groups'],
    },
  ),
  rawAttack('connection-twice', 'The same in two lines.', 'own', {
    as: 'ann',
    lines: ['Connection: close', 'Connection: Remote-User', 'Remote-User: mallory'],
  }),
  rawAttack(
    'connection-names-groups',
    'Groups that go missing may be what a rule denies by.',
    'own',
    {
      as: 'ann',
      lines: ['Connection: keep-alive, Remote-Groups', 'Keep-Alive: 300'],
    },
  ),
  rawAttack(
    'connection-names-cookie',
    'A request whose cookie is dropped on the way is nobody’s.',
    ['own', 'refused'],
    { as: 'ann', lines: ['Connection: close, Cookie', 'Remote-User: mallory'] },
  ),
  rawAttack('proxy-connection', 'An old spelling that some proxies obey.', 'own', {
    as: 'ann',
    lines: ['Proxy-Connection: Remote-User', 'Connection: close'],
  }),
  rawAttack(
    'trailers',
    'Trailer fields are no headers (RFC 9110 section 6.5).',
    ['own', 'refused'],
    {
      as: 'ann',
      method: 'POST',
      lines: ['Transfer-Encoding: chunked', 'Trailer: Remote-User'],
      rest: '1\r\nx\r\n0\r\nRemote-User: mallory\r\nRemote-Groups: admin\r\n\r\n',
    },
  ),
  rawAttack(
    'space-before-colon',
    'No space before the colon (RFC 9112 section 5.1).',
    ['own', 'refused'],
    {
      as: 'ann',
      lines: ['Remote-User : mallory', 'Remote-Groups\t: admin'],
    },
  ),
  rawAttack('folded-line', 'A line that goes on in the next one (obs-fold).', ['own', 'refused'], {
    as: 'ann',
    lines: ['X-Note: one', ' Remote-User: mallory', 'Remote-User:', '\tmallory'],
  }),
  rawAttack(
    'first-line-indented',
    'White space between request line and headers.',
    ['own', 'refused'],
    (site) => ({
      path: '/whoami',
      host: 'app.localhost\r\n Remote-User: mallory',
      lines: [`Cookie: ${site.cookies.ann}`],
      as: 'ann',
    }),
  ),
  rawAttack(
    'line-feed-inside',
    'A lone line feed ends a line for some, and for others it does not.',
    ['own', 'refused'],
    {
      as: 'ann',
      lines: ['X-Note: one\nRemote-User: mallory'],
    },
  ),
  rawAttack('carriage-return-inside', 'So does a lone carriage return.', ['own', 'refused'], {
    as: 'ann',
    lines: ['X-Note: one\rRemote-User: mallory'],
  }),
  rawAttack('nul-inside', 'C programs stop reading at a NUL.', ['own', 'refused'], {
    as: 'ann',
    lines: ['Remote-User\0: mallory', 'X-Note: \0'],
  }),
  rawAttack('no-colon', 'A line that is no header.', ['own', 'refused'], {
    as: 'ann',
    lines: ['Remote-User', 'Remote-User mallory'],
  }),
  rawAttack('line-feeds-only', 'Lines that end in line feeds alone.', ['own', 'refused'], {
    as: 'ann',
    host: 'app.localhost\nRemote-User: mallory',
  }),
  {
    isRace: true,
    ...rawAttack('header-of-70-kb', 'A header that no buffer holds.', ['own', 'refused', 'error'], {
      as: 'ann',
      lines: ['Remote-User: mallory', `X-Padding: ${'x'.repeat(70_000)}`],
    }),
  },
  rawAttack(
    'user-of-20-kb',
    'A name that no buffer of the application holds.',
    ['own', 'refused'],
    {
      as: 'ann',
      lines: [`Remote-User: mallory${'x'.repeat(20_000)}`],
    },
  ),
  rawAttack('lines-600', 'Many lines before the claim.', ['own', 'refused'], {
    as: 'ann',
    lines: [...padding(600), 'Remote-User: mallory'],
  }),
  rawAttack('lines-1100', 'Node drops lines past 1 000 in silence.', ['own', 'refused'], {
    as: 'ann',
    lines: ['Remote-User: mallory', ...padding(1_100), 'Remote-Groups: admin'],
  }),
];
