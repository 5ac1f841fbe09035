import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { get, sendRaw } from './raw-request.js';
import { type ServerProcess, startServerProcess } from './server-process.js';
import { type StandInState, startTailscaled, type Tailscaled } from './tailscaled.js';

/** 127.0.0.2 plays a node: where no Tailscale runs, no other address can be connected from. */
const KERNEL: StandInState = {
  tun: true,
  nodes: [
    { addresses: ['127.0.0.2'], login: 'alice@example.com', groups: ['eng@example.com'] },
    { addresses: ['127.0.0.4'], login: 'tagged-devices', tags: ['tag:ci'] },
  ],
};

let tailscaled: Tailscaled;
let app: ServerProcess;

beforeAll(async () => {
  tailscaled = await startTailscaled(KERNEL);
  app = await startServerProcess(`
    import { withProof } from '@trusted-header/core';
    import { tailscaleWhois } from '@trusted-header/node';
    const lines = [];
    const proving = withProof(
      createAuthenticator({ trustedProxies: '127.0.0.1 127.0.0.2 127.0.0.3 127.0.0.4', log: (line) => lines.push(line) }),
      tailscaleWhois({ socket: ${JSON.stringify(tailscaled.socket)}, memoMs: 0, timeoutMs: 300 }),
    );
    const server = http.createServer(async (req, res) => {
      const facts = { ...factsFromRequest(req), peerPort: req.socket.remotePort };
      const { kind, reason, identity } = await proving.authenticate(facts);
      res.end(JSON.stringify({ kind, reason, user: identity?.user, groups: identity?.groups }));
    });
    answers = () => lines.splice(0);
    tell({ port: await listen(server, { port: 0, host: '127.0.0.1' }) });
  `);
});
afterAll(() => {
  app.stop();
  tailscaled.stop();
});

async function ask(localAddress: string, ...lines: readonly string[]): Promise<unknown> {
  const answer = await sendRaw({ port: app.port, localAddress }, get(...lines));
  return JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
}

describe('an application that asks Tailscale', () => {
  const ALICE = { kind: 'authenticated', user: 'alice@example.com', groups: ['eng@example.com'] };

  it('knows the user of a node without any header', async () => {
    expect(await ask('127.0.0.2')).toEqual(ALICE);
  });

  it('takes nothing from headers but what Tailscale says as well', async () => {
    expect(
      await ask('127.0.0.2', 'Remote-User: alice@example.com', 'Remote-Groups: admin'),
    ).toEqual(ALICE);
    expect(await ask('127.0.0.2', 'Remote-User: root')).toEqual({
      kind: 'refused',
      reason: 'proof-invalid',
    });
    expect(await ask('127.0.0.3', 'Remote-User: root')).toEqual({
      kind: 'refused',
      reason: 'proof-missing',
    });
  });

  it('refuses a tagged node, and an address that Tailscale does not know', async () => {
    expect(await ask('127.0.0.4')).toEqual({ kind: 'refused', reason: 'proof-invalid' });
    expect(await ask('127.0.0.3')).toEqual({ kind: 'refused', reason: 'proof-missing' });
  });

  it('tells the operator that Tailscale was asked, and what it said', async () => {
    await app.ask();
    await ask('127.0.0.3');
    await ask('127.0.0.4');
    expect(await app.ask()).toEqual([
      expect.stringMatching(
        /peer 127\.0\.0\.3 is nobody whom Tailscale knows \(Tailscale knows no node of that/,
      ),
      expect.stringMatching(/peer 127\.0\.0\.4 is known to Tailscale, .* \(the node is tagged/),
    ]);
  });

  it('refuses everybody while nobody answers, and tells the operator where it asked', async () => {
    await app.ask();
    await tailscaled.set({ ...KERNEL, wrong: { status: 'hang' } });
    expect(await ask('127.0.0.2')).toEqual({ kind: 'refused', reason: 'proof-unavailable' });
    await tailscaled.set(KERNEL);
    expect(await app.ask()).toEqual([
      expect.stringContaining(`${tailscaled.socket}: tailscaled did not answer within 300 ms`),
    ]);
  });

  it('with userspace networking knows a node by its port, and no other process of the machine', async () => {
    const localPort = 20_000 + Math.floor(Math.random() * 10_000);
    await tailscaled.set({
      ...KERNEL,
      tun: false,
      nodes: [{ addresses: ['100.64.0.9'], login: 'bob@example.com' }],
      proxied: { [`127.0.0.1:${localPort}`]: '100.64.0.9' },
    });
    const answer = await sendRaw({ port: app.port, localAddress: '127.0.0.1', localPort }, get());
    expect(answer).toContain('"user":"bob@example.com"');
    expect(await ask('127.0.0.1')).toEqual({ kind: 'refused', reason: 'proof-missing' });
    await tailscaled.set(KERNEL);
  });
});
