import { spawnSync } from 'node:child_process';
import { describe, expect, it, jest } from '@jest/globals';
import { send } from '@trusted-header/app-ui/testing';
import { hold } from '../src/plan-ports.js';
import { answers, findFreeBase, portsFrom, untilClosed } from './ports.js';
import { runDemo } from './run-demo.js';

jest.setTimeout(60_000);

/** Skipped without curl, which a machine with Node and npm alone need not have: the demo only prints lines for it. */
const itWithCurl = spawnSync('curl', ['--version']).error ? it.skip : it;

describe('demo', () => {
  it('says where everything is and what to try, and stops everything on Ctrl-C', async () => {
    const base = await findFreeBase();
    const demo = runDemo('--port-base', String(base));
    await demo.until('Ctrl-C stops everything.');
    for (const line of [
      `  Hono      http://localhost:${base + 1}  `,
      `  Koa       http://localhost:${base + 2}  `,
      `  Portal    http://localhost:${base}  `,
      `  Metrics   http://127.0.0.1:${base + 21}/metrics`,
      `  Metrics   http://127.0.0.1:${base + 22}/metrics`,
      `  curl -sw '\\n' --interface 127.0.0.2 -H 'Remote-User: zoe' http://127.0.0.1:${base + 11}/whoami`,
      `  curl -sw '\\n' -H 'Remote-User: jiri' -H 'Remote-User: zoe' http://127.0.0.1:${base + 11}/whoami`,
    ]) {
      expect(demo.output()).toContain(line);
    }
    demo.signal('SIGINT');
    expect(await demo.exitCode()).toBe(0);
    expect(await Promise.all(portsFrom(base).map(answers))).toEqual(
      portsFrom(base).map(() => false),
    );
  });

  it('shows the log line of a refused request', async () => {
    const base = await findFreeBase();
    const demo = runDemo('--port-base', String(base));
    await demo.until('Ctrl-C stops everything.');
    const url = `http://127.0.0.1:${base + 12}/whoami`;
    await send(url, { lines: [['Remote-User', 'zoe']], from: '127.0.0.2' });
    await demo.until('add 127.0.0.2');
    demo.signal('SIGTERM');
    expect(await demo.exitCode()).toBe(0);
    expect(demo.output()).toContain(
      'Koa: trusted-header: peer 127.0.0.2 sent identity headers but is not in trustedProxies; if it is your proxy, add 127.0.0.2\n',
    );
  });

  it('counts the decisions of an app that knows nothing of it, for Prometheus', async () => {
    const base = await findFreeBase();
    const demo = runDemo('--port-base', String(base));
    await demo.until('Ctrl-C stops everything.');
    const url = `http://127.0.0.1:${base + 12}/whoami`;
    await send(url, { lines: [['Remote-User', 'zoe']], from: '127.0.0.2' });
    await send(url, { lines: [['Remote-User', 'zoe']] });
    const { body } = await send(`http://127.0.0.1:${base + 22}/metrics`);
    demo.signal('SIGTERM');
    expect(await demo.exitCode()).toBe(0);
    const counts = body
      .split('\n')
      .filter((line) => line.startsWith('trusted_header_decision_total'));
    expect(counts).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /\{trusted_header_decision="refused",error_type="peer-untrusted",.* 1$/,
        ),
        expect.stringMatching(
          /\{trusted_header_decision="authenticated",trusted_header_profile="authelia",.* 1$/,
        ),
      ]),
    );
    expect(body).not.toMatch(/zoe/);
  });

  itWithCurl('prints curl lines that do what is said of them', async () => {
    const base = await findFreeBase();
    const demo = runDemo('--port-base', String(base));
    await demo.until('Ctrl-C stops everything.');
    const lines = demo
      .output()
      .split('\n')
      .filter((line) => line.startsWith('  curl '));
    const answers = lines.map((line) => spawnSync('sh', ['-c', line], { encoding: 'utf8' }).stdout);
    demo.signal('SIGINT');
    await demo.exitCode();
    expect(answers.map((answer) => JSON.parse(answer))).toEqual([
      {
        account: {
          id: expect.any(String),
          createdAt: expect.any(String),
          roles: ['admin', 'member'],
        },
        decision: 'authenticated',
        identity: {
          user: 'zoe',
          groups: ['admin', 'dev'],
          name: 'Zoë Müller',
          email: 'zoe@example.com',
        },
      },
      { type: 'about:blank', title: 'Forbidden', status: 403, code: 'peer-untrusted' },
      { type: 'about:blank', title: 'Forbidden', status: 403, code: 'header-repeated' },
    ]);
  });

  it('leaves no app behind when it is killed', async () => {
    const base = await findFreeBase();
    const demo = runDemo('--port-base', String(base));
    await demo.until('Ctrl-C stops everything.');
    expect(await Promise.all(portsFrom(base).map(answers))).toEqual(
      portsFrom(base).map(() => true),
    );
    demo.signal('SIGKILL');
    await demo.exitCode();
    await Promise.all(portsFrom(base).map(untilClosed));
  });

  it('names every port that is taken, and the way out', async () => {
    const base = await findFreeBase();
    const held = await Promise.all([hold(base + 1), hold(base + 12)]);
    const demo = runDemo('--port-base', String(base));
    expect(await demo.exitCode()).toBe(1);
    expect(demo.output()).toBe(
      `The demo cannot listen on these ports:
  ${base + 1}, for the gateway of the Hono app: taken
  ${base + 12}, for the Koa app: taken
Stop what listens there, or move the whole demo: pnpm demo --port-base 20000
`,
    );
    await Promise.all(held.map(({ release }) => release()));
  });

  it.each(['80', '65001', '2e4', 'x'])('refuses the port base %j', async (base) => {
    const demo = runDemo('--port-base', base);
    expect(await demo.exitCode()).toBe(1);
    expect(demo.output()).toContain('Write a port from 1024 to 65000.');
  });
});
