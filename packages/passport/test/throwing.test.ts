import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from '@jest/globals';
import { createBrowser } from './browser.js';

it('ends a request, and not the process, where a callback of the application throws again and again', async () => {
  const child = fork(new URL('throwing.mjs', import.meta.url), {
    env: { PATH: process.env.PATH, NODE_ENV: 'production' },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let told = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    told += text;
  });
  const [message] = await once(child, 'message');
  const browser = createBrowser(Number(Reflect.get(Object(message), 'port')));
  expect(await browser.visit('/', { user: 'alice' })).toEqual({ status: 200, body: [5] });
  await expect(browser.visit('/')).rejects.toThrow('socket hang up');
  await expect(browser.visit('/log-in', { user: 'alice' })).rejects.toThrow('socket hang up');
  expect(await browser.visit('/', { user: 'alice' })).toEqual({ status: 200, body: [5] });
  // Who signs in without a callback hears of no error, and goes on.
  await browser.visit('/unwatched', { user: 'alice' });
  expect(await browser.visit('/', { user: 'alice' })).toEqual({ status: 200, body: [5] });
  expect(told).toContain("a callback of passport.authenticate('trusted-header') has thrown");
  expect(told).toContain('TypeError');
  expect(told).toContain('RangeError');
  child.disconnect();
  await once(child, 'exit');
});
