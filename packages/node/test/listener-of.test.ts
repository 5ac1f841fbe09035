import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { listenerOf } from '../src/listener-of.js';

const PATH = { address: () => '/run/app.sock', listening: true };
const unix = { destroyed: false, localAddress: undefined };

it.each<[what: string, socket: object, server: object, path: string | undefined]>([
  ['a Unix socket', unix, PATH, '/run/app.sock'],
  ['one of a relative path', unix, { ...PATH, address: () => 'app.sock' }, resolve('app.sock')],
  ['an abstract one', unix, { ...PATH, address: () => '\0app' }, '\0app'],
  ['one that came as a descriptor', unix, { address: () => null, listening: true }, 'fd'],
  ['one whose server has ended', unix, { address: () => null, listening: false }, undefined],
  ['a TCP connection that was handed on', { ...unix, localAddress: '127.0.0.1' }, PATH, undefined],
  ['one that is gone', { ...unix, destroyed: true }, PATH, undefined],
  ['no socket', { destroyed: false }, PATH, undefined],
])('tells where %s came in', (_, socket, server, path) => {
  expect(Reflect.apply(listenerOf, undefined, [socket, server])).toBe(path);
});
