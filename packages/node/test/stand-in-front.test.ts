import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { type ServerFront, standInFront } from '../src/index.js';

/** One that notes what it is asked about, and lets go on what it is told to. */
function spyFront(more: Partial<ServerFront> = {}, goesOn = true) {
  const asked: string[] = [];
  const front: ServerFront = {
    onRequest: (event) => asked.push(event) > 0 && goesOn,
    onUpgrade: () => asked.push('socket') > 0 && goesOn,
    onDropped: () => asked.push('dropped'),
    onStream: () => asked.push('stream') > 0 && goesOn,
    ...more,
  };
  return { asked, front };
}

/** A server of which nobody asks anything over the network. */
function listenedTo(...events: readonly string[]) {
  const heard: string[] = [];
  const server = createServer();
  for (const event of events) server.on(event, () => heard.push(event));
  return { server, heard };
}

const req = new IncomingMessage(new Socket());
const res = new ServerResponse(req);
const socket = new Socket();
const stream = Object.assign(new PassThrough(), { session: undefined, respond: () => undefined });

const HANDED_OVER: readonly (readonly [event: string, asked: string, ...args: unknown[]])[] = [
  ['request', 'request', req, res],
  ['checkContinue', 'checkContinue', req, res],
  ['checkExpectation', 'checkExpectation', req, res],
  ['connect', 'connect', req, res],
  ['connect', 'socket', req, socket],
  ['upgrade', 'socket', req, socket],
  ['stream', 'stream', stream, {}, 0, []],
];

describe('who stands in front of a server', () => {
  it.each(HANDED_OVER)(
    'hears of %s before its listeners do, and may keep it',
    (event, name, ...args) => {
      for (const goesOn of [true, false]) {
        const { server, heard } = listenedTo(event);
        const { asked, front } = spyFront({}, goesOn);
        standInFront(server, front);
        // Node answers by itself what nobody has listened to: CONNECT of HTTP/2.
        expect(server.emit(event, ...args)).toBe(true);
        expect(asked).toEqual([name]);
        expect(heard).toEqual(goesOn ? [event] : []);
      }
    },
  );

  it.each(HANDED_OVER)('may have %s wait (%s)', async (event, name, ...args) => {
    const { server, heard } = listenedTo(event);
    const waiting = [Promise.resolve()];
    const hold = () => waiting.pop();
    const { asked, front } = spyFront({ holdRequest: hold, holdStream: hold });
    standInFront(server, front);
    expect(server.emit(event, ...args)).toBe(true);
    expect([asked, heard]).toEqual([[], []]);
    await new Promise((resolve) => setImmediate(resolve));
    expect([asked, heard]).toEqual([[name], [event]]);
  });

  it('hears of what is dropped, and cannot keep it', () => {
    const { server, heard } = listenedTo('dropRequest');
    const { asked, front } = spyFront({}, false);
    standInFront(server, front);
    expect(server.emit('dropRequest', req, socket)).toBe(true);
    expect([asked, heard]).toEqual([['dropped'], ['dropRequest']]);
  });

  it.each<readonly [string, ...unknown[]]>([
    ['listening'],
    ['connection', socket],
    ['request'],
    ['request', {}, res],
    ['request', 'headers', res],
    ['request', null, res],
    ['upgrade', {}, socket],
    ['dropRequest', {}],
    ['stream', new PassThrough(), {}, 0, []],
    ['stream', Object.assign(new PassThrough(), { respond: () => undefined }), {}, 0, []],
    ['stream', Object.assign(new PassThrough(), { session: undefined }), {}, 0, []],
    ['stream', {}, {}, 0, []],
    ['stream', stream, undefined, 0, []],
    ['stream', stream, null, 0, []],
    ['stream', stream, {}, 0],
    ['session', stream, {}, 0, []],
  ])('is not asked about what somebody else means by an event: %s', (event, ...args) => {
    const { server, heard } = listenedTo(event);
    const { asked, front } = spyFront({
      holdRequest: (given) => (given === req ? undefined : Promise.resolve()),
      holdStream: (given, lines) =>
        event === 'stream' && Object.is(given, stream) && Array.isArray(lines)
          ? undefined
          : Promise.resolve(),
    });
    standInFront(server, front);
    expect(server.emit(event, ...args)).toBe(true);
    expect([asked, heard]).toEqual([[], [event]]);
  });

  it.each<readonly [string, ...unknown[]]>([
    ['request', req, {}],
    ['request', { headers: {} }, res],
    ['checkContinue', { headers: {} }, res],
    ['connect', req, {}],
    ['upgrade', req, {}],
    ['upgrade', { headers: {} }, socket],
  ])('hands on no request that it cannot ask about: %s', (event, ...args) => {
    const { server, heard } = listenedTo(event);
    const { asked, front } = spyFront();
    standInFront(server, front);
    expect(() => server.emit(event, ...args)).toThrow(
      `'${event}' was emitted with what is no request and answer of Node's`,
    );
    expect([asked, heard]).toEqual([[], []]);
  });

  it('asks about a request that is made like one of Node’s', () => {
    const { server, heard } = listenedTo('request');
    const { asked, front } = spyFront({}, false);
    standInFront(server, front);
    const made = Object.assign(new Readable(), { headers: {}, rawHeaders: [] });
    expect(server.emit('request', made, res)).toBe(true);
    expect([asked, heard]).toEqual([['request'], []]);
  });

  it('stands there once, and before whoever comes later', () => {
    const { server } = listenedTo('request');
    const first = spyFront({}, false);
    const second = spyFront();
    standInFront(server, first.front);
    standInFront(server, second.front);
    standInFront(server, first.front);
    server.emit('request', req, res);
    expect([first.asked, second.asked]).toEqual([['request'], []]);
    const third = spyFront();
    const other = createServer();
    standInFront(other, third.front);
    standInFront(other, second.front);
    standInFront(other, third.front);
    other.emit('request', req, res);
    expect([third.asked, second.asked]).toEqual([['request'], ['request']]);
  });

  it.each([
    ['before', 'assigns'],
    ['after', 'assigns'],
    ['after', 'defines'],
  ])('leaves in force what of this server’s emit somebody replaced %s: one who %s', (when, how) => {
    const { server, heard } = listenedTo('request');
    const { asked, front } = spyFront();
    const seen: unknown[] = [];
    const replace = (of: Server): void => {
      const real = of.emit;
      const value = (event: string, ...args: unknown[]): boolean => {
        seen.push(event);
        return Reflect.apply(real, of, [event, ...args]);
      };
      if (how === 'assigns') of.emit = value;
      else Object.defineProperty(of, 'emit', { value, configurable: true });
    };
    if (when === 'before') replace(server);
    standInFront(server, front);
    if (when === 'after') replace(server);
    server.emit('request', req, res);
    expect([asked, seen, heard]).toEqual([['request'], ['request'], ['request']]);
  });
});
