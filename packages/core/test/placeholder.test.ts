import { describe, expect, it } from '@jest/globals';
import { isPlaceholder } from '../src/identity/is-placeholder.js';

describe('isPlaceholder (H4)', () => {
  it.each([
    ['(null)', 'printf of a null pointer'],
    ['-', 'a log format without a value'],
    ['$remote_user', 'nginx'],
    ['\x24{user}', 'a shell, a template'],
    ['{http.reverse_proxy.header.Remote-User}', 'Caddy'],
    ['{a}\n{b}', 'over two lines'],
    ['%{REMOTE_USER}', 'Apache'],
    ['%{REMOTE_USER}e', 'Apache, of the environment'],
    ['%{REMOTE_USER}env', 'with a longer ending'],
    ['%[var(txn.user)]', 'HAProxy'],
    ['%(REMOTE_USER)s', 'Python'],
    ['%REQ(X-USER)%', 'Envoy'],
    ['%REQ(X-USER?X-OTHER):20%', 'Envoy, with another header and a length'],
    ['%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:payload)%', 'Envoy'],
    ['@{user}', 'a template'],
    ['#{user}', 'Ruby'],
    ['{{ .Subject }}', 'a Go template'],
    ['(nil)', 'printf of a null pointer, and Lua'],
    ['<nil>', 'Go'],
    ['<no value>', 'a Go template'],
    ['%!s(<nil>)', "Go's Sprintf of nothing"],
    ['%!v(MISSING)', "Go's Sprintf without an argument"],
    ['[object Object]', 'JavaScript'],
    ['userdata: NULL', 'Lua'],
  ])('takes %j for one: %s', (text) => {
    expect(isPlaceholder(text)).toBe(true);
  });

  it.each([
    ['john', 'a name'],
    ['-john', 'begins with a hyphen'],
    ['-j-', 'begins and ends with one'],
    ['$', 'no name behind it'],
    ['$a b', 'more than a name'],
    ['a$b', 'a dollar inside'],
    ['(null) ', 'not it alone'],
    ['(nobody)', 'something else in brackets'],
    ['null', 'a surname'],
    ['None', 'a surname'],
    ['undefined', 'a word'],
    ['<john>', 'something else in angle brackets'],
    ['[ops]', 'something else in square brackets'],
    ['userdata', 'a word'],
    ['the table: 0x1f', 'something before it'],
    ['table: 0x1f legs', 'something behind it'],
    ['@john', 'a name with a sign before it'],
    ['@{john', 'not closed'],
    ['#1', 'a number'],
    ['x{a}', 'something before it'],
    ['x#{a}', 'something before it'],
    ['@john {a}', 'a name that begins and ends like one'],
    ['%(a)', 'no conversion behind it'],
    ['%(a)sx', 'something behind it'],
    ['%REQ(a)', 'not closed'],
    ['%REQ(a)%x', 'something behind it'],
    ['%REQ(a):%', 'no length behind the colon'],
    ['%!s', 'nothing in brackets'],
    ['%!s(<nil>)x', 'something behind it'],
    ['%DOMAIN', 'a percent sign before it'],
    ['{a} b', 'something behind it'],
    ['%{a} b', 'something behind it'],
    ['%[a] b', 'something behind it'],
    ['100%', 'a percent sign'],
  ])('takes %j for a value: %s', (text) => {
    expect(isPlaceholder(text)).toBe(false);
  });
});
