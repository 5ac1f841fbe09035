import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { streamOf } from '../src/stream-of.js';

const stream = Object.assign(new PassThrough(), { session: undefined, respond: () => undefined });

/** As the compatibility API of HTTP/2 has it, or an adapter’s stand-in for one. */
const like = (more: object) => ({ httpVersionMajor: 2, ...more });

/** Whose version the client has said. */
const http1 = (more: object) =>
  Object.assign(new IncomingMessage(new Socket()), { httpVersionMajor: 2, ...more });

it.each<[what: string, request: object, found: unknown]>([
  ['a request of HTTP/2', like({ stream }), stream],
  ['one that has lost it', like({}), undefined],
  ['one with something else under that name', like({ stream: new PassThrough() }), undefined],
  ['one with a text under that name', like({ stream: 'a' }), undefined],
  ['a request of HTTP/1 that says 2', http1({}), undefined],
  ['one whose application has put a stream of HTTP/2 there', http1({ stream }), undefined],
  ['a request of HTTP/1.1', { httpVersionMajor: 1, stream }, undefined],
])('finds the stream of %s', (_, request, found) => {
  expect(Reflect.apply(streamOf, undefined, [request])).toBe(found);
});
