import { describe, expect, it } from '@jest/globals';
import { isPlaceholder } from '../src/identity/is-plain-text.js';

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
    ['(nil)', 'something else in brackets'],
    ['{a} b', 'something behind it'],
    ['%{a} b', 'something behind it'],
    ['%[a] b', 'something behind it'],
    ['100%', 'a percent sign'],
  ])('takes %j for a value: %s', (text) => {
    expect(isPlaceholder(text)).toBe(false);
  });
});
