import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Socket } from 'socket.io-client';
import { type RunningChat, startChat } from './start-chat.js';

jest.setTimeout(30_000);

const ALICE = { 'remote-user': 'alice', 'remote-groups': 'ops,dev' };
const BOB = { 'remote-user': 'bob', 'remote-groups': 'dev' };
const CAROL = { 'remote-user': 'carol' };

let chat: RunningChat;
beforeAll(async () => {
  chat = await startChat({ TRUSTED_PROXIES: '127.0.0.1' });
});
afterAll(() => chat.stop());

/** Somebody who has loaded the page, and is in the chat. */
async function enter(headers: typeof CAROL, at = chat) {
  const browser = at.openBrowser();
  expect(await browser.ask('/', headers)).toBe(200);
  const { socket, rooms } = await browser.open(headers);
  const heard: unknown[] = [];
  socket.on('said', (line) => heard.push(line));
  return { browser, socket, rooms, heard, closed: closing(socket) };
}

it('puts everybody into the rooms of their groups', async () => {
  expect((await enter(ALICE)).rooms).toEqual(['everybody', 'group ops', 'group dev']);
  expect((await enter(CAROL)).rooms).toEqual(['everybody']);
});

it('says to a room what its people say, with the name that the proxy gives', async () => {
  const alice = await enter(ALICE);
  const bob = await enter(BOB);
  const carol = await enter(CAROL);
  alice.socket.emit('say', 'group ops', 'only ops');
  alice.socket.emit('say', 'group dev', 'hello dev');
  carol.socket.emit('say', 'everybody', 'hello all');
  await waitFor(() => bob.heard.length === 2 && alice.heard.length === 3);
  expect(bob.heard).toContainEqual({ room: 'group dev', user: 'alice', text: 'hello dev' });
  expect(bob.heard).toContainEqual({ room: 'everybody', user: 'carol', text: 'hello all' });
  expect(carol.heard).toEqual([{ room: 'everybody', user: 'carol', text: 'hello all' }]);
});

it('lets nobody speak in a room that is not theirs', async () => {
  const alice = await enter(ALICE);
  const bob = await enter(BOB);
  bob.socket.emit('say', 'group ops', 'I am ops');
  bob.socket.emit('say', { toString: 'group ops' }, 'I am ops');
  bob.socket.emit('say', 'everybody', { html: '<img>' });
  bob.socket.emit('say', 'everybody', 'done');
  await waitFor(() => alice.heard.length > 0);
  expect(alice.heard).toEqual([{ room: 'everybody', user: 'bob', text: 'done' }]);
});

it('refuses forged claims, nobody, and other sites', async () => {
  const stranger = chat.openBrowser('127.0.0.2');
  expect(await stranger.ask('/', ALICE)).toBe(403);
  expect(await stranger.ask('/socket.io/?EIO=4&transport=polling', ALICE)).toBe(403);
  await expect(stranger.open(ALICE)).rejects.toThrow('Unexpected server response: 403');
  const nobody = chat.openBrowser();
  expect(await nobody.ask('/', {})).toBe(401);
  expect(await nobody.ask('/socket.io/?EIO=4&transport=polling', {})).toBe(401);
  await expect(nobody.open({})).rejects.toThrow('Unexpected server response: 401');
  const { browser } = await enter(ALICE);
  const fromElsewhere = { ...ALICE, origin: 'https://evil.example' };
  await expect(browser.open(fromElsewhere)).rejects.toThrow('Unexpected server response: 403');
});

it('opens no socket with another’s cookie, nor without a session', async () => {
  const { browser } = await enter(ALICE);
  await expect(browser.open(BOB)).rejects.toThrow('signed out');
  await expect(chat.openBrowser().open(ALICE)).rejects.toThrow('signed out');
});

it('ends all sockets of a session at once when its user signs out, and no others', async () => {
  const alice = await enter(ALICE);
  const elsewhere = await enter(ALICE);
  const second = await alice.browser.open(ALICE);
  const secondClosed = closing(second.socket);
  expect(await alice.browser.ask('/sign-out', ALICE, 'POST')).toBe(200);
  elsewhere.socket.emit('say', 'everybody', 'she has signed out');
  await Promise.all([alice.closed, secondClosed]);
  await waitFor(() => elsewhere.heard.length > 0);
  expect(elsewhere.heard).toHaveLength(1);
  expect(alice.heard).toEqual([]);
  expect(elsewhere.socket.connected).toBe(true);
  expect(await alice.browser.ask('/', ALICE)).toBe(401);
});

it('ends the sockets of whom the browser’s next user was, and of whose groups have changed', async () => {
  const alice = await enter(ALICE);
  expect(await alice.browser.ask('/alive', BOB)).toBe(204);
  await alice.closed;
  const bob = await enter(BOB);
  await bob.browser.ask('/alive', { ...BOB, 'remote-groups': 'dev,ops' });
  await bob.closed;
  const { rooms } = await bob.browser.open({ ...BOB, 'remote-groups': 'dev,ops' });
  expect(rooms).toEqual(['everybody', 'group dev', 'group ops']);
});

it('ends the sockets of whom the proxy lets through no more, and keeps those of who is there', async () => {
  const idle = await startChat({ TRUSTED_PROXIES: '127.0.0.1', IDLE_SECONDS: '3' });
  try {
    const there = await enter(BOB, idle);
    const gone = await enter(ALICE, idle);
    let isGone = false;
    void gone.closed.then(() => {
      isGone = true;
    });
    for (let i = 0; i < 40 && !isGone; i++) {
      await sleep(250);
      expect(await there.browser.ask('/alive', BOB)).toBe(204);
    }
    expect(isGone).toBe(true);
    expect(there.socket.connected).toBe(true);
  } finally {
    idle.stop();
  }
});

function closing(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => socket.once('disconnect', resolve));
}

async function waitFor(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 100 && !isSo(); i++) await sleep(20);
  // What should not come gets a little more time to come.
  await sleep(100);
}
