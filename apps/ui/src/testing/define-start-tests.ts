import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AppTarget, TestFramework } from './define-app-tests.js';
import { listen } from './listen.js';
import { type RunningMain, runMain } from './run-main.js';
import { send } from './send.js';

/** Defines the tests of the app's process: that it starts, and that it says clearly why it does not. */
export function defineStartTests({ framework, main }: AppTarget, { it }: TestFramework): void {
  it('starts with TRUSTED_PROXIES alone, and listens on 127.0.0.1', async () => {
    const app = await runMain(main, { TRUSTED_PROXIES: '127.0.0.1', PORT: '0' });
    const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(app.output()) ?? [];
    try {
      assert.equal(said(app), `The ${framework} app listens on ${url}\n`);
      const { body } = await send(`${url}/whoami`, { lines: [['Remote-User', 'zoe']] });
      const { decision, identity, account } = JSON.parse(body);
      assert.deepEqual([decision, identity], ['authenticated', { user: 'zoe' }]);
      // The proxy sent no groups: nobody has a role because of what is missing.
      assert.deepEqual(account.roles, []);
    } finally {
      await app.stop();
    }
  });

  it('believes no proxy without the secret, where PROXY_SECRET has one', async () => {
    const secret = '0123456789abcdef0123456789abcdef';
    const env = {
      TRUSTED_PROXIES: '127.0.0.1',
      PORT: '0',
      PROXY_SECRET: `new-${secret},${secret}`,
    };
    const app = await runMain(main, env);
    const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(app.output()) ?? [];
    const ask = (...lines: (readonly [string, string])[]) =>
      send(`${url}/whoami`, { lines: [['Remote-User', 'zoe'], ...lines] });
    try {
      const replies = [
        await ask(['X-Proxy-Secret', secret]),
        await ask(['X-Proxy-Secret', `old-${secret}`]),
        await ask(),
      ];
      assert.deepEqual(
        replies.map(({ status, body }) => [status, JSON.parse(body).code]),
        [
          [200, undefined],
          [403, 'proof-invalid'],
          [403, 'proof-missing'],
        ],
      );
    } finally {
      await app.stop();
    }
  });

  it('does not start with a secret that is too short, and does not show it', async () => {
    const app = await runMain(main, { TRUSTED_PROXIES: '127.0.0.1', PROXY_SECRET: 'hunter2' });
    assert.equal(app.exitCode(), 1);
    assert.match(
      said(app),
      /^ {2}PROXY_SECRET\[0\]: "7 characters" is shorter than 32 characters; /m,
    );
    assert.doesNotMatch(said(app), /hunter2/);
  });

  it('does not start without TRUSTED_PROXIES, and says so in one clear message', async () => {
    const app = await runMain(main, {});
    assert.equal(app.exitCode(), 1);
    assert.match(
      said(app),
      /^Cannot start\. Mend these settings in the environment:\n {2}TRUSTED_PROXIES: .+\n$/,
    );
  });

  it('names every bad trusted proxy, without a stack', async () => {
    const app = await runMain(main, { TRUSTED_PROXIES: '10.0.0.0/33 proxy.lan', PORT: '0' });
    assert.equal(app.exitCode(), 1);
    assert.match(said(app), / {2}TRUSTED_PROXIES\[0\]: "10\.0\.0\.0\/33" /);
    assert.match(said(app), / {2}TRUSTED_PROXIES\[1\]: "proxy\.lan" /);
    assert.doesNotMatch(said(app), /^\s+at /m);
  });

  it('names every other bad setting', async () => {
    const app = await runMain(main, {
      TRUSTED_PROXIES: '127.0.0.1',
      PORT: '3000x',
      PORTAL_URL: 'javascript:alert(1)',
      APP_URL: 'localhost:8081',
    });
    assert.equal(app.exitCode(), 1);
    assert.equal(
      said(app),
      `Cannot start. Mend these settings in the environment:
  PORT: "3000x" is not a port; write a number from 0 to 65535
  PORTAL_URL: "javascript:alert(1)" is not a web address; write one such as http://127.0.0.1:9091
  APP_URL: "localhost:8081" is not a web address; write one such as http://127.0.0.1:9091
`,
    );
  });

  it('says which port is taken', async () => {
    const taken = await listen(createServer());
    try {
      const app = await runMain(main, { TRUSTED_PROXIES: '127.0.0.1', PORT: String(taken.port) });
      assert.equal(app.exitCode(), 1);
      assert.equal(
        said(app),
        `Cannot start: port ${taken.port} is taken. Stop what listens there, or set PORT to another one.\n`,
      );
    } finally {
      await taken.close();
    }
  });
}

/** What it printed, but for the one line that says that this machine has no SQLite. */
function said(app: RunningMain): string {
  return app.output().replace(/^SQLite has no program .*\n/m, '');
}
