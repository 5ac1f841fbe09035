import { utf8 } from '../wire/utf8.js';
import { type ConformanceGroup, forbidden, NEVER_HANDLED, toCase } from './build.js';

const malformed = [
  {
    id: 'user-invalid-utf8',
    why: 'bytes that are no text are no user (H5)',
    lines: ['Remote-User: al\xff\xfeice'],
  },
  {
    id: 'user-latin1',
    why: 'a lone FC is ü in Latin-1 and nothing in UTF-8: no guessing (H5)',
    lines: ['Remote-User: J\xfcrgen'],
  },
  {
    id: 'user-overlong-utf8',
    why: 'C0 AF is a second spelling of a slash (H5)',
    lines: ['Remote-User: a\xc0\xafb'],
  },
  {
    id: 'user-surrogate-utf8',
    why: 'ED A0 80 is half a character (H5)',
    lines: ['Remote-User: a\xed\xa0\x80b'],
  },
  {
    id: 'user-with-a0',
    why: 'a lone A0 at the end is not white space to trim away: alice and alice+A0 are not one user (H12)',
    lines: ['Remote-User: alice\xa0'],
  },
  {
    id: 'user-replacement-character',
    why: 'U+FFFD is what a lossy decoder before us left of two different users',
    lines: [utf8('Remote-User: J\ufffdrgen')],
  },
  {
    id: 'user-with-tab',
    why: 'a control character in the middle (H4)',
    lines: ['Remote-User: al\tice'],
  },
  {
    id: 'user-with-c1-control',
    why: 'a control character outside ASCII (H4)',
    lines: [utf8('Remote-User: al\u0085ice')],
  },
  {
    id: 'user-with-bidi-control',
    why: 'shows as another user (H4)',
    lines: [utf8('Remote-User: \u202enimda')],
  },
  {
    id: 'user-with-zero-width',
    why: 'looks like another user (H4)',
    lines: [utf8('Remote-User: ad\u200bmin')],
  },
  {
    id: 'user-with-bom',
    why: 'looks like another user, and decoders drop it in silence (H4)',
    lines: [utf8('Remote-User: \ufeffadmin')],
  },
  {
    id: 'user-with-filler',
    why: 'a letter to Unicode, and nothing to the eye: looks like admin (H4)',
    lines: [utf8('Remote-User: admin\u3164')],
  },
  {
    id: 'user-with-no-break-space',
    why: 'looks like no white space at all (H4)',
    lines: [utf8('Remote-User: admin\u00a0')],
  },
  {
    id: 'user-with-joiner',
    why: 'a joiner is spelling in names and groups, and never in what identifies (H4)',
    lines: [utf8('Remote-User: علی\u200cرضا')],
  },
  {
    id: 'user-too-long',
    why: 'no user is 257 bytes long (limits)',
    lines: [`Remote-User: ${'a'.repeat(257)}`],
  },
  {
    id: 'user-with-comma',
    why: 'what two lines look like after some hop has joined them (H2)',
    lines: ['Remote-User: alice, admin'],
  },
  {
    id: 'user-null',
    why: 'Apache without a user sends (null): jhub remote user made it one (H4)',
    lines: ['Remote-User: (null)'],
  },
  {
    id: 'user-go-nil',
    why: 'what a Go proxy prints of nothing (H4)',
    lines: ['Remote-User: %!s(<nil>)'],
  },
  { id: 'user-dash', why: 'a log format for nothing (H4)', lines: ['Remote-User: -'] },
  {
    id: 'user-nginx-variable',
    why: 'a variable that nginx did not know (H4)',
    lines: ['Remote-User: $remote_user'],
  },
  {
    id: 'user-caddy-placeholder',
    why: 'what Caddy 2.6 sends on a bypass (H4)',
    lines: ['Remote-User: {http.reverse_proxy.header.Remote-User}'],
  },
  {
    id: 'user-apache-variable',
    why: 'a variable that Apache did not expand (H4)',
    lines: ['Remote-User: %{REMOTE_USER}e'],
  },
  {
    id: 'groups-invalid-utf8',
    why: 'groups that cannot be read are not no groups (H5)',
    lines: ['Remote-User: alice', 'Remote-Groups: dev,\xff'],
  },
  {
    id: 'groups-too-many',
    why: '2 049 groups are over the limit (H6)',
    lines: [
      'Remote-User: alice',
      `Remote-Groups: ${Array.from({ length: 2049 }, (_, i) => `g${i}`).join()}`,
    ],
  },
].map((row) => toCase({ ...row, expect: forbidden('header-malformed') }));

const missing = [
  toCase({
    id: 'groups-without-user',
    why: 'what Caddy leaves when Connection took the user away (H7)',
    lines: ['Remote-Groups: admin'],
    expect: forbidden('user-missing'),
  }),
  toCase({
    id: 'email-without-user',
    why: 'an email is not a user (H7)',
    lines: ['Remote-User:', 'Remote-Email: root@example.com'],
    expect: forbidden('user-missing'),
  }),
  toCase({
    id: 'required-email-dropped',
    why: 'what is left out is missing where it is required (H4, H7)',
    options: { trustedProxies: ['127.0.0.1'], required: ['email'] },
    lines: ['Remote-User: alice', 'Remote-Email: alice'],
    expect: forbidden('header-missing'),
  }),
  toCase({
    id: 'required-groups-missing',
    why: 'required turns an absent header into a refusal (H7)',
    options: { trustedProxies: ['127.0.0.1'], required: ['groups'] },
    lines: ['Remote-User: alice'],
    expect: forbidden('header-missing'),
  }),
];

const unparsable = [
  { id: 'nul-in-user', why: 'ends a string in C', lines: ['Remote-User: alice\0admin'] },
  {
    id: 'control-in-user',
    why: 'bytes below 32 are no header value',
    lines: ['Remote-User: al\x01ice'],
  },
  {
    id: 'bare-cr',
    why: 'some take it for the end of the line',
    lines: ['X-Other: 1\rRemote-User: admin'],
  },
  {
    id: 'bare-lf',
    why: 'some take it for the end of the line',
    lines: ['X-Other: 1\nRemote-User: admin'],
  },
  {
    id: 'folded-line',
    why: 'a continued line (obs-fold) reads as one value or as two',
    lines: ['Remote-User: alice\r\n admin'],
  },
  {
    id: 'space-before-colon',
    why: 'some read the name with the space',
    lines: ['Remote-User : admin'],
  },
].map((row) => toCase({ ...row, expect: NEVER_HANDLED }));

export const values: ConformanceGroup = {
  title: 'a claim cannot be read one way only',
  cases: [...malformed, ...missing, ...unparsable],
};
