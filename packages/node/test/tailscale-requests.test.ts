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
      tailscaleWhois({ socket: ${JSON.stringify(tailscaled.socket)}, memoMs: 0, timeoutMs: 1_500 }),
    );
    const server = http.createServer((req, res) => {
      const { kind, identity } = keptDecision(req);
      res.end(JSON.stringify({ kind, identity, headers: Object.keys(req.headers) }));
    });
    guardServer(server, { authenticator: proving, anonymous: 'allow' });
    answers = () => lines;
    tell({ port: await listen(server, { port: 0, host: '127.0.0.1' }) });
  `);
});
afterAll(() => {
  app.stop();
  tailscaled.stop();
});

/** Gives the status and what the application says, or the code of the problem. */
async function ask(localAddress: string, ...lines: readonly string[]): Promise<unknown> {
  const answer = await sendRaw({ port: app.port, localAddress }, get(...lines));
  const status = Number(answer.slice(9, 12));
  const said = JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
  return status === 200 ? said : { status, code: said.code };
}

describe('an application that asks Tailscale', () => {
  const ALICE = {
    kind: 'authenticated',
    identity: { user: 'alice@example.com', groups: ['eng@example.com'] },
    headers: ['host', 'connection'],
  };

  it('knows the user of a node without any header', async () => {
    expect(await ask('127.0.0.2')).toEqual(ALICE);
  });

  it('takes nothing from headers but what Tailscale says as well, and hides them', async () => {
    expect(
      await ask('127.0.0.2', 'Remote-User: alice@example.com', 'Remote-Groups: admin'),
    ).toEqual(ALICE);
    expect(await ask('127.0.0.2', 'Remote-User: root')).toEqual({
      status: 403,
      code: 'proof-invalid',
    });
    expect(await ask('127.0.0.3', 'Remote-User: root')).toEqual({
      status: 403,
      code: 'proof-missing',
    });
  });

  it('refuses a tagged node, and an address that Tailscale does not know', async () => {
    expect(await ask('127.0.0.4')).toEqual({ status: 403, code: 'proof-invalid' });
    expect(await ask('127.0.0.3')).toEqual({ status: 403, code: 'proof-missing' });
  });

  it('asks about nobody whose address is not listed: a health check is nobody', async () => {
    await tailscaled.asked();
    expect(await ask('127.0.0.5')).toMatchObject({ kind: 'anonymous' });
    expect(await tailscaled.asked()).toEqual([]);
  });

  it('tells the operator that Tailscale was asked, and what it said', async () => {
    await ask('127.0.0.3');
    await ask('127.0.0.4');
    expect(await app.ask()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /peer 127\.0\.0\.3 is nobody whom Tailscale knows \(Tailscale knows no/,
        ),
        expect.stringMatching(
          /peer 127\.0\.0\.4 is known to Tailscale, .* \(the node is tagged, and/,
        ),
      ]),
    );
  });

  it('refuses everybody while nobody answers, and tells the operator where it asked', async () => {
    await tailscaled.set({ ...KERNEL, wrong: { status: 'hang' } });
    expect(await ask('127.0.0.2')).toEqual({ status: 503, code: 'proof-unavailable' });
    await tailscaled.set(KERNEL);
    expect(await app.ask()).toContainEqual(
      expect.stringContaining(`${tailscaled.socket}: tailscaled did not answer within 1500 ms`),
    );
  });
});
