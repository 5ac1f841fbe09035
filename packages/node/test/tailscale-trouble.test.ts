import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Verdict } from '@trusted-header/core';
import { tailscaleWhois } from '../src/index.js';
import { troubleOf } from '../src/tailscale-troubles.js';
import { type StandInState, startTailscaled, type Tailscaled } from './tailscaled.js';

const RUNNING: StandInState = {
  tun: true,
  nodes: [{ addresses: ['100.64.0.9'], login: 'alice@example.com' }],
};

let tailscaled: Tailscaled;
beforeAll(async () => {
  tailscaled = await startTailscaled(RUNNING);
});
afterAll(() => tailscaled.stop());
beforeEach(async () => {
  await tailscaled.set(RUNNING);
});

const QUESTION = {
  facts: { peer: '100.64.0.9', peerPort: 1, rawHeaders: [] },
  header: undefined,
  value: undefined,
  identity: undefined,
};

async function prove(socket: string, timeoutMs = 5_000): Promise<Verdict> {
  return tailscaleWhois({ socket, timeoutMs }).prove(QUESTION);
}

const unavailable = (socket: string, trouble: string): object => ({
  kind: 'refused',
  reason: 'proof-unavailable',
  detail: expect.stringContaining(`${socket}: ${trouble}`),
});

describe('without an answer nobody passes, and the detail says what to do', () => {
  const answered = 'tailscaled did not answer as it should';
  it.each([
    ['silence', 'hang', 'tailscaled did not answer within 300 ms'],
    ['a word now and then', 'drip', 'tailscaled did not answer within 300 ms'],
    ['half an answer', 'half', answered],
    ['another protocol, which nobody has asked for', 'another protocol', answered],
    ['a huge answer', 'huge', 'tailscaled answered more than 1 MiB'],
    ['bytes that are not UTF-8', 'latin1', answered],
    ['nothing', '', answered],
    ['JSON that is nothing', 'null', answered],
    ['a list', '[]', answered],
    ['text', '"alice"', answered],
    ['empty objects', '{"Node":{},"UserProfile":{}}', answered],
    [
      'inherited values',
      '{"__proto__":{"TUN":true,"BackendState":"Running","TailscaleIPs":[]}}',
      answered,
    ],
    ['a state without a name', '{"TUN":true,"BackendState":"Odd","TailscaleIPs":[]}', answered],
    ['brackets without end', '['.repeat(500_000), answered],
    ['403', 403, 'tailscaled answered 403'],
    ['500', 500, 'tailscaled answered 500'],
    ['a redirect', 302, 'tailscaled answered 302'],
  ])('%s', async (_, wrong, trouble) => {
    for (const question of ['status', 'whois']) {
      await tailscaled.set({ ...RUNNING, wrong: { [question]: wrong } });
      const verdict = await prove(tailscaled.socket, trouble.endsWith('300 ms') ? 300 : 5_000);
      expect(verdict).toEqual(unavailable(tailscaled.socket, trouble));
      expect(verdict).not.toEqual(
        expect.objectContaining({ detail: expect.stringContaining('secret words') }),
      );
    }
  });

  it.each(['NoState', 'NeedsLogin', 'NeedsMachineAuth', 'Stopped', 'Starting'])(
    'while Tailscale is %s, though it may still know the address',
    async (state) => {
      await tailscaled.set({ ...RUNNING, state });
      expect(await prove(tailscaled.socket)).toEqual(
        unavailable(tailscaled.socket, `Tailscale is not running (${state})`),
      );
    },
  );

  it.each([
    ['tags that cannot be read', '"Tags":"tag:ci"', ''],
    ['tags that are no texts', '"Tags":[1]', ''],
    ['a login name that cannot be read', '"Tags":null', ',"LoginName":7'],
    ['groups that cannot be read', '"Tags":null', ',"Groups":{"admin":true}'],
  ])('%s', async (_, node, profile) => {
    const whois = `{"Node":{"Addresses":["100.64.0.9/32"],${node}},"UserProfile":{"LoginName":"a@b"${profile}}}`;
    await tailscaled.set({ ...RUNNING, wrong: { whois } });
    expect(await prove(tailscaled.socket)).toEqual(unavailable(tailscaled.socket, answered));
  });

  it('about another node than the one that was asked for', async () => {
    const whois = '{"Node":{"Addresses":["100.64.0.8/32"]},"UserProfile":{"LoginName":"a@b"}}';
    await tailscaled.set({ ...RUNNING, wrong: { whois } });
    expect(await prove(tailscaled.socket)).toEqual(
      unavailable(tailscaled.socket, 'tailscaled answered about another node'),
    );
  });
});

describe('a socket that cannot be asked', () => {
  const folder = mkdtempSync(join(tmpdir(), 'no-tailscaled-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is not there', async () => {
    const socket = join(folder, 'none.sock');
    const verdict = await prove(socket);
    expect(verdict).toEqual(unavailable(socket, 'there is no such socket'));
    expect(verdict).toMatchObject({ detail: expect.stringContaining('mount the directory') });
  });

  it('is no socket', async () => {
    const socket = join(folder, 'file');
    writeFileSync(socket, '');
    // Linux says that nobody listens there; others, that it is no socket.
    expect(await prove(socket)).toEqual(unavailable(socket, ''));
  });

  it('speaks something else', async () => {
    const socket = join(folder, 'echo.sock');
    const server = createServer((stream) => stream.pipe(stream)).listen(socket);
    await once(server, 'listening');
    expect(await prove(socket)).toEqual(unavailable(socket, 'tailscaled did not answer as it'));
    server.close();
  });

  it('belongs to somebody else', async () => {
    const isRoot = process.getuid?.() === 0;
    const socket = join(folder, 'closed.sock');
    const server = createServer().listen(socket);
    await once(server, 'listening');
    chmodSync(socket, 0o000);
    // Root may open everything.
    if (!isRoot) {
      expect(await prove(socket)).toEqual(unavailable(socket, 'the application may not open it'));
    }
    server.close();
    expect(troubleOf(Object.assign(new Error('no'), { code: 'EACCES' }))).toContain(
      'asking needs no --operator',
    );
  });
});

describe('what is asked', () => {
  const counted = async (besides?: string): Promise<readonly string[]> =>
    (await tailscaled.asked())
      .filter((question) => besides === undefined || !question.includes(besides))
      .map((question) => question.replace(/\?.*/, ''));

  it('is asked once by many requests of one node, and again after a while', async () => {
    const proof = tailscaleWhois({ socket: tailscaled.socket, memoMs: 300 });
    await tailscaled.asked();
    const many = await Promise.all(Array.from({ length: 100 }, () => proof.prove(QUESTION)));
    expect(new Set(many.map(({ kind }) => kind))).toEqual(new Set(['proven']));
    await proof.prove(QUESTION);
    expect(await counted()).toEqual(['status', 'whois']);
    await new Promise((resolve) => setTimeout(resolve, 350));
    await tailscaled.set({ ...RUNNING, nodes: [] });
    expect(await proof.prove(QUESTION)).toMatchObject({ reason: 'proof-missing' });
    expect(await counted()).toEqual(['status', 'whois']);
  });

  it('is asked each time with memoMs 0', async () => {
    const proof = tailscaleWhois({ socket: tailscaled.socket, memoMs: 0 });
    await tailscaled.asked();
    await proof.prove(QUESTION);
    await proof.prove(QUESTION);
    expect(await counted()).toEqual(['status', 'whois', 'status', 'whois']);
  });

  it('is asked again at once when nobody was known, or nobody answered', async () => {
    const proof = tailscaleWhois({ socket: tailscaled.socket });
    await tailscaled.set({ ...RUNNING, nodes: [] });
    expect(await proof.prove(QUESTION)).toMatchObject({ reason: 'proof-missing' });
    await tailscaled.set({ ...RUNNING, wrong: { status: 500 } });
    const another = tailscaleWhois({ socket: tailscaled.socket });
    expect(await another.prove(QUESTION)).toMatchObject({ reason: 'proof-unavailable' });
    await tailscaled.set({ ...RUNNING, wrong: { whois: 500 } });
    expect(await another.prove(QUESTION)).toMatchObject({ reason: 'proof-unavailable' });
    expect(await proof.prove(QUESTION)).toMatchObject({ reason: 'proof-unavailable' });
    await tailscaled.set(RUNNING);
    expect(await proof.prove(QUESTION)).toMatchObject({ kind: 'proven' });
    expect(await another.prove(QUESTION)).toMatchObject({ kind: 'proven' });
  });

  it('asks sixteen questions at once, and no more', async () => {
    await tailscaled.set({ ...RUNNING, wrong: { whois: 'hang' } });
    const proof = tailscaleWhois({ socket: tailscaled.socket, timeoutMs: 1_500 });
    await tailscaled.asked();
    const many = Array.from({ length: 40 }, (_, i) =>
      proof.prove({ ...QUESTION, facts: { ...QUESTION.facts, peer: `100.64.1.${i}` } }),
    );
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect((await counted()).filter((question) => question === 'whois')).toHaveLength(16);
    await Promise.all(many);
  });

  it('waits in one place while tailscaled hangs, whatever the number of requests', async () => {
    await tailscaled.set({ ...RUNNING, wrong: { status: 'hang' } });
    const proof = tailscaleWhois({ socket: tailscaled.socket, timeoutMs: 300 });
    await tailscaled.asked();
    const many = await Promise.all(Array.from({ length: 500 }, () => proof.prove(QUESTION)));
    expect(new Set(many.map(({ kind }) => kind))).toEqual(new Set(['refused']));
    // What the test before has given up may still arrive.
    expect(await counted('100.64.1.')).toEqual(['status']);
  });
});
