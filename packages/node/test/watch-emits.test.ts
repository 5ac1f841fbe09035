import { Server as HttpServer } from 'node:http';
import { Server } from 'node:net';
import { expect, it } from '@jest/globals';
import { watchEmits } from '../src/watch-emits.js';

it.each<[string, () => Server]>([
  ['connection', () => new Server()],
  ['secureConnection', () => new Server()],
  // Its own listener for `connection` would want a socket.
  ['secureConnection', () => new HttpServer()],
])('who watches is told of a server that gets a %s, before its own listeners', (event, make) => {
  const told: unknown[] = [];
  const stop = watchEmits((server) => told.push(server));
  const server = make();
  expect(server.emit(event, 'nobody listens')).toBe(false);
  server.on(event, (...args: unknown[]) => told.push(args));
  expect(server.emit(event, 'a socket', 'more')).toBe(true);
  expect([...new Set(told)]).toEqual([server, ['a socket', 'more']]);
  stop();
  told.length = 0;
  server.emit(event, 'another');
  expect(told).toEqual([['another']]);
});

it('is told of nothing else', () => {
  const told: unknown[] = [];
  const stop = watchEmits((server) => told.push(server));
  new Server().emit('listening');
  stop();
  expect(told).toEqual([]);
});

it('is told once, whoever else watches', () => {
  const told: string[] = [];
  const stops = ['one', 'another'].map((name) => watchEmits(() => told.push(name)));
  new Server().emit('connection');
  for (const stop of stops) stop();
  expect(told).toEqual(['one', 'another']);
});

it('leaves the function as it was for who puts another one there', () => {
  watchEmits(() => undefined)();
  for (const { prototype } of [Server, HttpServer]) {
    expect(Object.getOwnPropertyDescriptor(prototype, 'emit')).toMatchObject({
      configurable: true,
      writable: true,
      enumerable: false,
    });
  }
});
