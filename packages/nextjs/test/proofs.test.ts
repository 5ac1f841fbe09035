import { describe, expect, it } from '@jest/globals';
import { inProcess } from './in-process.js';

/** A proof that answers when it is told to, or says no; and a server that tells what it knows of each request. */
const PROVING = `
  const { createAuthenticator, withProof } = await import('@trusted-header/core');
  const { getDecision, registerTrustedHeader } = await load();
  const asked = [];
  const waiting = [];
  const answer = () => waiting.splice(0).forEach((go) => go());
  const proof = {
    name: 'proof of the test',
    headers: ['X-Proof'],
    asks: 'claims',
    prove({ value }) {
      asked.push(value);
      return new Promise((done, failed) => waiting.push(() =>
        value === 'failure' ? failed(new Error('down')) : done({ kind: 'proven', identity: { user: value } })));
    },
  };
  const lines = [];
  const register = (more = {}) => {
    const plain = createAuthenticator({ trustedProxies: '127.0.0.1', log: (line) => lines.push(line) });
    registerTrustedHeader({ authenticator: withProof(plain, proof), ...more });
  };
  const untilAsked = async (count = 1) => { while (asked.length < count) await sleep(5); };
  const headOf = (text) => text.split('\\r\\n')[0];
`;

describe('a request whose proof is being asked for', () => {
  it('goes to Next at once, without its headers; who wants to know waits', async () => {
    expect(
      await inProcess(`
        ${PROVING}
        register();
        const seen = [];
        const port = await start(async (req, res) => {
          const [entry] = registry().decisions.values();
          seen.push('decision' in entry, req.headers['x-proof'] ?? null, req.headersDistinct['x-proof'] ?? null, req.rawHeaders.includes('X-Proof'));
          setTimeout(answer, 50);
          const before = performance.now();
          const text = await known(req);
          seen.push(performance.now() - before > 40, 'decision' in [...registry().decisions.values()][0]);
          res.end(text);
        });
        seen.push(await ask(port, ['X-Proof: alice']), asked, registry().decisions.size);
        console.log(JSON.stringify(seen));
      `),
    ).toEqual([false, null, null, false, true, true, 'authenticated alice ', ['alice'], 0]);
  });

  it('is asked about once, however many want to know', async () => {
    expect(
      await inProcess(`
        ${PROVING}
        register();
        const port = await start(async (req, res) => {
          setTimeout(answer, 50);
          res.end((await Promise.all([known(req), known(req), known(req)])).join());
        });
        console.log(JSON.stringify([await ask(port, ['X-Proof: alice', 'Remote-User: alice']), asked]));
      `),
    ).toEqual(['authenticated alice ,authenticated alice ,authenticated alice ', ['alice']]);
  });

  it('is undecided for who asks after its client has left', async () => {
    expect(
      await inProcess(`
        ${PROVING}
        register();
        const seen = [];
        const port = await start(async (req) => { seen.push(await known(req)); });
        const client = execFile(process.execPath, ['--eval', \`
          require('node:net').connect(\${port}, '127.0.0.1').write('GET / HTTP/1.1\\\\r\\\\nHost: a\\\\r\\\\nX-Proof: alice\\\\r\\\\n\\\\r\\\\n');\`]);
        await untilAsked();
        client.kill('SIGKILL');
        await once(client, 'exit');
        while (registry().decisions.size > 0) await sleep(5);
        answer();
        while (seen.length === 0) await sleep(5);
        console.log(JSON.stringify([seen, registry().decisions.size]));
      `),
    ).toEqual([['undecided not-seen '], 0]);
  });

  it('is refused where nobody can answer, with a line for the operator', async () => {
    expect(
      await inProcess(`
        ${PROVING}
        register({ anonymous: 'allow' });
        const port = await start(async (req, res) => {
          setTimeout(answer, 10);
          res.end(await known(req));
        });
        console.log(JSON.stringify([await ask(port, ['X-Proof: failure']), lines.length, lines[0].includes('failure')]));
      `),
    ).toEqual(['refused proof-unavailable ', 1, false]);
  });

  it('is not told by the id that a client sends', async () => {
    expect(
      await inProcess(`
        ${PROVING}
        register();
        const port = await start(async (req, res) => {
          if (req.headers['x-slow']) setTimeout(answer, 300);
          res.end(await known(req));
        });
        const alice = ask(port, ['X-Proof: alice', 'X-Slow: 1']);
        await untilAsked();
        const [id] = registry().decisions.keys();
        const others = await Promise.all([ask(port, [ID + ': ' + id]), ask(port, [ID + ': ' + id], '127.0.0.2')]);
        console.log(JSON.stringify([others, await alice, asked]));
      `),
    ).toEqual([['anonymous  ', 'anonymous  '], 'authenticated alice ', ['alice']]);
  });

  it('is waited for by what this process asks for its user (N5), and not by what it asks for anybody else', async () => {
    expect(
      await inProcess(`
        ${PROVING}
        register();
        let port;
        port = await start(async (req, res) => {
          if (req.url === '/inner') return res.end(await known(req));
          // As Next does after the redirect of an action: nobody has asked who the user is.
          const { [ID]: id } = req.headers;
          const fetched = (headers) => fetch('http://127.0.0.1:' + port + '/inner', { headers }).then((answer) => answer.text());
          const both = Promise.all([fetched({ [ID]: id }), fetched({ 'x-proof': 'mallory' })]);
          setTimeout(answer, 100);
          res.end((await both).join());
        });
        console.log(JSON.stringify([await ask(port, ['X-Proof: alice']), asked]));
      `),
    ).toEqual(['authenticated alice ,refused peer-self ', ['alice']]);
  });

  it('may be somebody’s: what is written before the answer is no shared cache’s', async () => {
    expect(
      await inProcess(`
        ${PROVING}
        register();
        const port = await start((req, res) => { res.setHeader('X-Nextjs-Cache', 'HIT'); res.setHeader('Cache-Control', 's-maxage=31536000'); res.end('x'); });
        const socket = net.connect({ port, host: '127.0.0.1' });
        const other = execFile(process.execPath, ['--eval', \`
          const socket = require('node:net').connect(\${port}, '127.0.0.1');
          socket.write('GET / HTTP/1.1\\\\r\\\\nHost: a\\\\r\\\\nX-Proof: alice\\\\r\\\\nConnection: close\\\\r\\\\n\\\\r\\\\n');
          socket.pipe(process.stdout);\`]);
        const answered = await text(other.stdout);
        console.log(JSON.stringify(answered.split('\\r\\n').filter((line) => /^cache-control/i.test(line))));
      `),
    ).toEqual(['Cache-Control: private, no-cache']);
  });

  it('is nobody’s where the answer has come and is no', async () => {
    expect(
      await inProcess(`
        ${PROVING}
        register({ anonymous: 'allow' });
        const port = await start(async (req, res) => {
          setTimeout(answer, 10);
          res.end(await known(req));
        });
        const heads = [];
        for (const value of ['failure', 'alice']) {
          heads.push(headerOf(await exchange(port, ['X-Proof: ' + value]), 'cache-control') ?? 'none');
        }
        console.log(JSON.stringify(heads));
      `),
    ).toEqual(['none', 'private']);
  });

  it('may have come before there were options', async () => {
    expect(
      await inProcess(
        `
          const port = await start(async (req, res) => {
            while (!globalThis.isRegistered) await sleep(5);
            res.end(await known(req));
          });
          const early = ask(port, ['X-Proof: alice']);
          await sleep(200);
          ${PROVING}
          register();
          globalThis.isRegistered = true;
          await untilAsked();
          setTimeout(answer, 50);
          console.log(JSON.stringify([await early, asked]));
        `,
        ['--import', '@trusted-header/nextjs/preload'],
      ),
    ).toEqual(['authenticated alice ', ['alice']]);
  });
});

describe('an upgrade whose proof is being asked for', () => {
  /** Shakes hands as a client of its own does, with data right behind. */
  const UPGRADES = `
    ${PROVING}
    register();
    const seen = [];
    const sizes = [];
    const port = await start((req, res) => res.end('x'));
    const server = [...process._getActiveHandles()].find((handle) => handle instanceof http.Server);
    server.on('upgrade', async (req, socket, head) => {
      sizes.push(registry().decisions.size);
      seen.push(await known(req), head.toString());
      socket.end('HTTP/1.1 101 Switching Protocols\\r\\nConnection: Upgrade\\r\\nUpgrade: test\\r\\n\\r\\n');
    });
    const shake = (line) => new Promise((done) => execFile(process.execPath, ['--eval', \`
      const socket = require('node:net').connect(\${port}, '127.0.0.1');
      socket.write('GET / HTTP/1.1\\\\r\\\\nHost: a\\\\r\\\\nConnection: Upgrade\\\\r\\\\nUpgrade: test\\\\r\\\\n\${line}\\\\r\\\\n\\\\r\\\\nearly');
      socket.pipe(process.stdout);\`], (_error, out) => done(headOf(out))));
  `;

  it('is handed to nobody before the answer, and then with all that has come', async () => {
    expect(
      await inProcess(`
        ${UPGRADES}
        const shaken = shake('X-Proof: alice');
        await untilAsked();
        await sleep(50);
        seen.push(seen.length);
        answer();
        console.log(JSON.stringify([await shaken, seen, asked, sizes]));
      `),
    ).toEqual([
      'HTTP/1.1 101 Switching Protocols',
      [0, 'authenticated alice ', 'early'],
      ['alice'],
      [1],
    ]);
  });

  it('is refused where the answer is no', async () => {
    expect(
      await inProcess(`
        ${UPGRADES}
        const shaken = shake('X-Proof: failure');
        await untilAsked();
        answer();
        console.log(JSON.stringify([await shaken, seen]));
      `),
    ).toEqual(['HTTP/1.1 503 Service Unavailable', []]);
  });

  it('is not waited for where there is nothing to ask', async () => {
    expect(
      await inProcess(`
        ${UPGRADES}
        console.log(JSON.stringify([await shake('X-Other: x'), seen, asked]));
      `),
    ).toEqual(['HTTP/1.1 101 Switching Protocols', ['anonymous  ', 'early'], []]);
  });
});
