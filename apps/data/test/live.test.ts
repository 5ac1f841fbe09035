import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { createLive } from '../src/live/live.js';
import { memoryUsers } from '../src/users/memory-users.js';

it('tells who is there, and closes a socket when its session is over or cannot be asked for', async () => {
  const users = memoryUsers();
  await users.create({ user: 'zoe', name: 'Zoë' });
  await users.create({ user: 'jiri' });
  const live = createLive({ users }, 10);
  const answers = { zoe: () => Promise.resolve(true), jiri: () => Promise.resolve(true) };
  const zoes = socket();
  const jiris = socket();
  live.join(zoes, { name: 'zoe', isSignedIn: () => answers.zoe() });
  live.join(jiris, { name: 'jiri', isSignedIn: () => answers.jiri() });
  await sleep(60);
  expect(zoes.heard.at(-1)).toBe('["jiri","Zoë"]');
  expect(jiris.heard.at(-1)).toBe('["jiri","Zoë"]');

  answers.jiri = () => Promise.resolve(false);
  await sleep(100);
  expect(jiris.closed).toEqual([4001]);
  expect(zoes.closed).toEqual([]);
  expect(zoes.heard.at(-1)).toBe('["Zoë"]');

  answers.zoe = () => Promise.reject(new Error('down'));
  await sleep(60);
  expect(zoes.closed).toEqual([1013]);
  live.close();
});

it('tells nothing to a socket whose session nobody has asked for yet, and says of nobody that they are there', async () => {
  const users = memoryUsers();
  await users.create({ user: 'zoe' });
  await users.create({ user: 'jiri' });
  await sleep(40);
  const live = createLive({ users }, 10);
  const [zoes, jiris] = [socket(), socket()];
  let isAsked = false;
  const joinJiri = async (): Promise<boolean> => {
    // While zoe is asked for, jiri joins, who has signed out.
    if (!isAsked) live.join(jiris, { name: 'jiri', isSignedIn: () => Promise.resolve(false) });
    isAsked = true;
    return true;
  };
  live.join(zoes, { name: 'zoe', isSignedIn: joinJiri });
  await sleep(100);
  live.close();
  expect(jiris).toMatchObject({ heard: [], closed: [4001] });
  expect(new Set(zoes.heard)).toEqual(new Set(['["zoe"]']));
});

it('forgets a socket that has closed, and closes the others when the app stops', async () => {
  const users = memoryUsers();
  await users.create({ user: 'zoe' });
  const live = createLive({ users }, 10);
  const [gone, open] = [socket(), socket()];
  const member = { name: 'zoe', isSignedIn: () => Promise.resolve(true) };
  const leave = live.join(gone, member);
  live.join(open, member);
  leave();
  await sleep(40);
  live.close();
  expect(gone).toMatchObject({ heard: [], closed: [] });
  expect(open.closed).toEqual([1001]);
});

function socket() {
  const heard: string[] = [];
  const closed: number[] = [];
  return {
    heard,
    closed,
    send: (text: string) => heard.push(text),
    close: (code: number) => closed.push(code),
  };
}
