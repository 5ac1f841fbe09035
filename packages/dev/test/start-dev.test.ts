import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import * as dev from '../src/index.js';
import { DevError, startDev } from '../src/index.js';

const start = (options: unknown): Promise<dev.RunningDev> =>
  Reflect.apply(startDev, undefined, [options]);
const ok = {
  users: [{ user: 'john' }],
  upstreams: [{ target: 'http://127.0.0.1:1', port: 0 }],
  portalPort: 0,
};
const before = process.env['NODE_ENV'];
afterEach(() => {
  process.env['NODE_ENV'] = before;
});

describe('startDev', () => {
  it('refuses to run in production', async () => {
    process.env['NODE_ENV'] = 'production';
    await expect(start(ok)).rejects.toThrow('NODE_ENV is production');
  });

  it('names all faults at once, each with its place and what to write instead', async () => {
    const bad = {
      users: [
        { name: 'x' },
        { user: 'a,b' },
        { user: 'a', group: [] },
        { user: 'a', groups: 'b' },
        { user: 'a', email: 7 },
        'john',
        { user: 'a', groups: ['b,c'] },
      ],
      upstreams: [
        { target: '127.0.0.1:3000', port: 8080 },
        { target: 'http://127.0.0.1:1', port: -1, bypass: '/x' },
        7,
        { target: 'http://127.0.0.1:1', port: 1, paths: [] },
      ],
      portalPort: 70000,
      bypass: [7],
      groups: 'x',
      deny: '/x',
      readBufferBytes: 100,
      hideSession: 'yes',
      user: 'john',
    };
    const error = await start(bad).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DevError);
    expect(String(error).split('\n')).toEqual([
      'DevError: user: "user" is not a setting; write one of users, upstreams, portalPort, bypass, deny, groups, readBufferBytes, hideSession, log',
      `users[0]: {"name":"x"} names no user; write { user: 'john', groups: ['dev'] }`,
      'users[1]: {"user":"a,b"} cannot be signed in: user: no application would accept it (header-malformed); write plain text',
      'users[2].group: "group" is not a setting; write one of groups, name, email, password',
      `users[3].groups: "b" is not a list of texts; write ['a', 'b']`,
      'users[4].email: 7 is not a text; write a string',
      `users[5]: "john" names no user; write { user: 'john', groups: ['dev'] }`,
      'users[6]: {"user":"a","groups":["b,c"]} cannot be signed in: groups: a group has no comma in it; write plain text',
      `upstreams[0].target: "127.0.0.1:3000" is not an http URL; write 'http://127.0.0.1:3000'`,
      'upstreams[1].port: -1 is not a port; write a number from 1 to 65535, or 0 for a free one',
      `upstreams[1].bypass: "/x" is not a list of texts; write ['a', 'b']`,
      "upstreams[2]: 7 is not an upstream; write { target: 'http://127.0.0.1:3000', port: 8080 }",
      'upstreams[3].paths: "paths" is not a setting; write one of target, port, name, bypass, deny, groups',
      'portalPort: 70000 is not a port; write a number from 1 to 65535, or 0 for a free one',
      `bypass: [7] is not a list of texts; write ['a', 'b']`,
      `deny: "/x" is not a list of texts; write ['a', 'b']`,
      `groups: "x" is not a list of texts; write ['a', 'b']`,
      'readBufferBytes: 100 is no size; write 1024 or more',
      'hideSession: "yes" is neither yes nor no; write true or false',
    ]);
  });

  it.each([
    [{ ...ok, users: 'john' }, 'users'],
    [{ ...ok, upstreams: [] }, 'upstreams'],
    [{ users: [] }, 'upstreams'],
  ])('refuses %j, naming %s', async (options, says) => {
    await expect(start(options)).rejects.toThrow(`${says}:`);
  });

  it('names the option whose port is taken, and leaves nothing running', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(start({ ...ok, portalPort: port })).rejects.toThrow(
      `portalPort: port ${port} is taken by another program`,
    );
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const at = free.address();
    const portal = typeof at === 'object' && at !== null ? at.port : 0;
    free.close();
    await once(free, 'close');
    await expect(
      start({ ...ok, portalPort: portal, upstreams: [{ target: 'http://127.0.0.1:1', port }] }),
    ).rejects.toThrow(`upstreams[0].port: port ${port} is taken`);
    const again = await start({ ...ok, portalPort: portal });
    await again.close();
    other.close();
  });

  it('listens on the loopback address only', async () => {
    const running = await start(ok);
    const { port } = new URL(running.portalUrl);
    await expect(fetch(`http://127.0.0.2:${port}/`)).rejects.toThrow();
    await running.close();
    await running.close();
  });

  it('exports these values and no others', () => {
    expect(Object.keys(dev).sort()).toEqual(['DevError', 'startDev']);
  });
});
