import { execFileSync } from 'node:child_process';
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import {
  type FileHandle,
  mkdir,
  mkdtemp,
  open,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createAuthenticator, setupOf } from '@trusted-header/core';
import { fileSource } from '../../src/live/file-source.js';
import { type Following, followSource } from '../../src/live/follow-source.js';
import type { TrustListEvent } from '../../src/live/trust-list-event.js';

let folder: string;
let path: string;
let following: Following | undefined;
const events: TrustListEvent[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trusted-header-'));
  path = join(folder, 'proxies');
});
afterEach(async () => {
  following?.close();
  events.length = 0;
  await rm(folder, { recursive: true, force: true });
});

/** Follows the file, and gives who is believed at the moment. */
async function follow(): Promise<(peer: string) => boolean> {
  const name = `file:${path}`;
  const authenticator = createAuthenticator({ trustedProxies: name, log: false });
  const live = setupOf(authenticator)?.live;
  if (!live) throw new Error('no set-up');
  following = followSource(fileSource(name), live.provide, (event) => events.push(event));
  await following.first;
  return (peer) =>
    authenticator.authenticate({ peer, rawHeaders: ['Remote-User', 'a'] }).kind === 'authenticated';
}

/** Waits until it is so: long before the next look of every 30 s. */
async function until(test: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!test()) {
    if (performance.now() > deadline) throw new Error(`never so: ${test}`);
    await wait(10);
  }
}

/** Puts a list in the place of the file, as one should. */
async function swap(text: string): Promise<void> {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}

describe('a file', () => {
  it('is read at start, and again each time that another takes its place', async () => {
    await writeFile(path, '10.0.0.1');
    const believes = await follow();
    expect(believes('10.0.0.1')).toBe(true);
    for (let i = 2; i < 6; i++) {
      await swap(`# ours\n10.0.0.${i}\n`);
      await until(() => believes(`10.0.0.${i}`));
      expect(believes(`10.0.0.${i - 1}`)).toBe(false);
    }
  });

  it('is followed through the links of a ConfigMap, swap after swap', async () => {
    for (const i of [1, 2, 3, 4, 5]) {
      await mkdir(join(folder, `..${i}`));
      await writeFile(join(folder, `..${i}`, 'proxies'), `10.0.0.${i}`);
    }
    await symlink('..1', join(folder, '..data'));
    await symlink('..data/proxies', path);
    const believes = await follow();
    expect(believes('10.0.0.1')).toBe(true);
    for (const i of [2, 3, 4, 5]) {
      await symlink(`..${i}`, join(folder, '..data_tmp'));
      await rename(join(folder, '..data_tmp'), join(folder, '..data'));
      await rm(join(folder, `..${i - 1}`), { recursive: true });
      await until(() => believes(`10.0.0.${i}`));
      expect(believes(`10.0.0.${i - 1}`)).toBe(false);
    }
  });

  it('that comes later is found', async () => {
    const believes = await follow();
    expect(following?.status()).toMatchObject({
      state: 'failed',
      because: 'there is no such file',
    });
    await writeFile(path, '10.0.0.1\n');
    await until(() => believes('10.0.0.1'));
  });

  it('that is being written in pieces counts when it is whole', async () => {
    await writeFile(path, '10.0.0.1\n');
    const believes = await follow();
    writeFileSync(path, '');
    // Nearly every piece makes a whole list of its own.
    for (const piece of ['10.0.0.1', '2', '0', '\n', '10.0.0.1', '3', '\n', '10.0.0.1', '4']) {
      appendFileSync(path, piece);
      await wait(40);
    }
    await until(() => believes('10.0.0.120'));
    expect(['10.0.0.12', '10.0.0.1', '10.0.0.13'].map(believes)).toEqual([false, false, true]);
    expect(events.map(({ entries }) => entries)).toEqual([
      ['10.0.0.1'],
      ['10.0.0.120', '10.0.0.13', '10.0.0.14'],
    ]);
  });

  it.each([
    ['', 'is empty', 'truncated'],
    ['10.0.0.', 'file:… "10.0.0." is', 'half an entry'],
    ['10.0.0.2\n10.0.0.300\n0.0.0.0/0', 'file:… "10.0.0.300" is', 'faulty entries'],
    [
      '10.0.0.2\ntraefik',
      'file:… a text of 7 characters, not shown, is no',
      'another file’s lines',
    ],
    ['{"addresses":["10.0.0.2"', 'is no whole JSON', 'half a JSON'],
    ['x'.repeat(1_048_577), 'is longer than 1048576 bytes', 'too long'],
  ])('keeps the old list and says why where it holds %.30j: it %s', async (text, says) => {
    await writeFile(path, '10.0.0.1');
    const believes = await follow();
    await swap(text);
    await until(() => following?.status().state === 'stale');
    const because = following?.status().because?.replace(/file:\S+\[\d\]:/, 'file:…');
    expect(because).toContain(says);
    expect(['10.0.0.1', '10.0.0.2'].map(believes)).toEqual([true, false]);
    await swap('10.0.0.3');
    await until(() => believes('10.0.0.3'));
  });

  it('that is gone keeps the old list', async () => {
    await writeFile(path, '10.0.0.1');
    const believes = await follow();
    await unlink(path);
    await until(() => following?.status().because === 'there is no such file');
    expect(believes('10.0.0.1')).toBe(true);
  });

  it('with the same content again changes nothing, whatever its time says', async () => {
    await writeFile(path, '10.0.0.1');
    await follow();
    await swap('10.0.0.1');
    await wait(500);
    expect(events).toHaveLength(1);
  });

  it('that is a folder or a pipe is none, and nobody waits for it', async () => {
    await mkdir(path);
    await follow();
    expect(following?.status().because).toBe('is no file');
    following?.close();
    await rm(path, { recursive: true });
    execFileSync('sh', ['-c', 'mkfifo "$0"', path]);
    await follow();
    expect(following?.status().because).toBe('is no file');
  });

  it('that cannot be opened for another reason says which', async () => {
    await symlink(path, path);
    await follow();
    expect(following?.status().because).toBe('cannot be opened, ELOOP');
  });

  it('has at most 1 MiB, and is not read into memory to see that it is longer', async () => {
    await writeFile(path, '10.0.0.1'.padEnd(1_048_576));
    const { entries } = await fileSource(`file:${path}`).read(AbortSignal.timeout(5_000));
    expect(entries).toEqual(['10.0.0.1']);
    await truncate(path, 2 ** 40);
    await expect(fileSource(`file:${path}`).read(AbortSignal.timeout(5_000))).rejects.toThrow(
      'is longer than 1048576 bytes',
    );
  });

  it('that never reads the same twice is given up when the time is over', async () => {
    await writeFile(path, '10.0.0.1');
    let count = 0;
    const writing = setInterval(() => appendFileSync(path, ` 10.0.1.${count++ % 256}`), 10);
    setTimeout(() => clearInterval(writing), 2_000);
    await expect(fileSource(`file:${path}`).read(AbortSignal.timeout(400))).rejects.toThrow(
      'aborted',
    );
    clearInterval(writing);
  });

  it('is not opened twice at a time: what hangs at a dead mount takes one of four threads, and not all', async () => {
    await writeFile(path, '10.0.0.1');
    const handle = await open(path);
    const prototype: FileHandle = Object.getPrototypeOf(handle);
    const asked = jest.spyOn(prototype, 'stat');
    await handle.close();
    let letGo = () => {};
    const mounted = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    asked.mockImplementationOnce(async () => {
      await mounted;
      return stat(path);
    });
    const source = fileSource(`file:${path}`);
    const signal = AbortSignal.timeout(5_000);
    const first = source.read(signal);
    await expect(source.read(signal)).rejects.toThrow('the read before has not come back yet');
    letGo();
    expect((await first).entries).toEqual(['10.0.0.1']);
    expect((await source.read(signal)).entries).toEqual(['10.0.0.1']);
    asked.mockRestore();
  });

  it('is not kept open, whether it could be read or not', async () => {
    await writeFile(path, '10.0.0.1');
    const before = readdirSync('/dev/fd').length;
    const sources = Array.from({ length: 20 }, (_, i) =>
      fileSource(`file:${i % 2 ? path : folder}`),
    );
    const signal = AbortSignal.timeout(5_000);
    const reads = await Promise.allSettled(sources.map((source) => source.read(signal)));
    expect(readdirSync('/dev/fd').length - before).toBeLessThan(10);
    expect(reads.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });

  it('is watched no longer than somebody wants it', async () => {
    let changes = 0;
    const stop = fileSource(`file:${path}`).observe?.(() => {
      changes += 1;
    });
    await swap('10.0.0.1');
    await until(() => changes > 0);
    stop?.();
    await wait(50);
    const before = changes;
    await swap('10.0.0.2');
    await wait(200);
    expect(changes).toBe(before);
  });

  it('is watched in the folder that has taken the place of another, after half a minute', async () => {
    path = join(folder, 'own', 'proxies');
    await mkdir(join(folder, 'own'));
    await mkdir(join(folder, 'new'));
    await writeFile(path, '10.0.0.1');
    const timers = jest.spyOn(globalThis, 'setInterval');
    const believes = await follow();
    const [[tick, ms] = []] = timers.mock.calls;
    timers.mockRestore();
    expect([believes('10.0.0.1'), ms]).toEqual([true, 30_000]);
    await rename(join(folder, 'own'), join(folder, 'old'));
    await rename(join(folder, 'new'), join(folder, 'own'));
    // The watch hears that its folder has gone, and nothing of the new one.
    await until(() => following?.status().state === 'stale');
    await wait(400);
    tick?.();
    await writeFile(path, '10.0.0.2');
    await until(() => believes('10.0.0.2'));
  });

  it('in a folder that is not there is looked for all the same', async () => {
    path = join(folder, 'none', 'proxies');
    const believes = await follow();
    await mkdir(join(folder, 'none'));
    await writeFile(path, '10.0.0.1');
    following?.hurry();
    await until(() => believes('10.0.0.1'));
  });

  it('is not compiled again while it reads the same, however often something else in its folder changes', async () => {
    await writeFile(path, '10.0.0.1');
    const name = `file:${path}`;
    const authenticator = createAuthenticator({ trustedProxies: name, log: false });
    const live = setupOf(authenticator)?.live;
    if (!live) throw new Error('no set-up');
    const provided: (readonly string[])[] = [];
    const source = fileSource(name);
    let reads = 0;
    const counted = {
      ...source,
      read(signal: AbortSignal) {
        reads += 1;
        return source.read(signal);
      },
    };
    const provide: typeof live.provide = (of, entries, lack) => {
      provided.push(entries);
      return live.provide(of, entries, lack);
    };
    following = followSource(counted, provide, () => {});
    await following.first;
    for (let i = 0; reads < 4; i++) {
      writeFileSync(join(folder, 'another'), String(i));
      await wait(20);
    }
    expect(provided).toEqual([[], ['10.0.0.1']]);
    await swap('10.0.0.2');
    await until(() => provided.length === 3);
    expect(provided[2]).toEqual(['10.0.0.2']);
  });
});
