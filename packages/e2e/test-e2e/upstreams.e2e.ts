import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { check, type Program } from '../src/proxies/programs.js';
import { selfSigned } from '../src/proxies/self-signed.js';
import { runHere, writeHere } from './loopback.js';
import { listen, pairsOf, type Seen, seenIn, send } from './loopback-world.js';
import { createShowingServer, startStrictAuthelia } from './strict-authelia.js';

const PROGRAMS: readonly Program[] = ['nginx', 'caddy', 'haproxy', 'apache'];
const ASKING: readonly Program[] = ['nginx', 'caddy', 'haproxy'];
const APP = 'http://127.0.0.1:3000';
const AUTH = 'http://127.0.0.1:9091';

const request = (path: string, host: string, ...lines: string[]): string =>
  [`GET ${path} HTTP/1.1`, `Host: ${host}`, ...lines, 'Connection: close', '', ''].join('\r\n');
const asJohn = (path: string, host = 'app.example.com'): string =>
  request(path, host, 'Cookie: authelia_session=john', 'Accept: text/html');

type Settings = Parameters<typeof writeHere>[1];

/** Runs the program with these settings for as long as something is asked of it. */
async function behind<T>(
  program: Program,
  settings: Settings & { readonly domain?: string },
  ask: (port: number) => Promise<T>,
): Promise<T> {
  const written = await writeHere(program, settings);
  const stop = await runHere(written).catch((error: unknown) => {
    written.remove();
    throw error;
  });
  try {
    return await ask(written.port);
  } finally {
    await stop();
    written.remove();
  }
}

const userIn = ({ headers }: Seen): readonly string[] =>
  headers.flatMap(([name, value]) => (name === 'remote-user' ? [value] : []));

describe.each(ASKING)('behind %s', (program) => {
  it('finds Authelia below a path', async () => {
    const authelia = await startStrictAuthelia('/authelia');
    const app = await listen(createShowingServer());
    const answer = await behind(program, { app: app.url, auth: authelia.url }, (port) =>
      send(port, asJohn('/a?b=1')),
    );
    await authelia.close();
    await app.close();
    const seen = seenIn(answer.text);
    expect([userIn(seen), seen.body]).toEqual([['john'], '/a?b=1']);
  });

  it('serves every name below a wildcard, and no other', async () => {
    const authelia = await startStrictAuthelia();
    const app = await listen(createShowingServer());
    const hosts = [
      'a.example.com',
      'B.example.com',
      'example.com',
      'a.b.example.com',
      'a.b.example.org',
      'aexample.com',
    ];
    const settings = { app: app.url, auth: authelia.url, domain: '*.example.com' };
    const answers = await behind(program, settings, async (port) => {
      const replies: boolean[] = [];
      for (const host of hosts) {
        const { text } = await send(port, asJohn('/', host));
        replies.push(/"remote-user","john"/.test(text));
      }
      return replies;
    });
    await authelia.close();
    await app.close();
    expect(answers).toEqual([true, true, false, false, false, false]);
  });
});

describe.each(PROGRAMS)('behind %s, to an application by', (program) => {
  // Apache asks there for the name that browsers use.
  const tls = selfSigned(program === 'apache' ? 'app.example.com' : 'localhost');
  const folder = mkdtempSync(join(tmpdir(), 'trusted-header-socket-'));
  const socket = join(folder, 'app.sock');
  let authelia: Awaited<ReturnType<typeof startStrictAuthelia>>;
  const app = createShowingServer();
  let secure: Awaited<ReturnType<typeof listen>>;

  beforeAll(async () => {
    authelia = await startStrictAuthelia();
    app.listen(socket);
    await once(app, 'listening');
    secure = await listen(
      createTlsServer({ cert: readFileSync(tls.cert), key: readFileSync(tls.key) }, (req, res) => {
        res.end(JSON.stringify({ headers: pairsOf(req), body: req.url ?? '' }));
      }),
      'https',
    );
  });
  afterAll(async () => {
    app.close();
    await secure.close();
    await authelia.close();
    tls.remove();
    rmSync(folder, { recursive: true });
  });

  // Apache asks nobody.
  const user = program === 'apache' ? [] : ['john'];

  it('a Unix socket', async () => {
    const settings = { app: `unix:${socket}`, auth: authelia.url };
    const { text } = await behind(program, settings, (port) => send(port, asJohn('/a?b=1')));
    const seen = seenIn(text);
    expect([userIn(seen), seen.body]).toEqual([user, '/a?b=1']);
  });

  it('https, where its certificate is vouched for', async () => {
    const settings = {
      app: secure.url.replace('127.0.0.1', 'localhost'),
      auth: authelia.url,
      upstreamCa: tls.cert,
    };
    const { text } = await behind(program, settings, (port) => send(port, asJohn('/a?b=1')));
    const seen = seenIn(text);
    expect([userIn(seen), seen.body]).toEqual([user, '/a?b=1']);
  });

  it('https, and to nobody whose certificate is not', async () => {
    const settings = { app: secure.url.replace('127.0.0.1', 'localhost'), auth: authelia.url };
    const { status } = await behind(program, settings, (port) => send(port, asJohn('/')));
    expect([500, 502, 503]).toContain(status);
  });
});

describe.each(ASKING)('behind %s, which asks by', (program) => {
  const tls = selfSigned('localhost');
  const folder = mkdtempSync(join(tmpdir(), 'trusted-header-socket-'));
  afterAll(() => {
    tls.remove();
    rmSync(folder, { recursive: true });
  });

  it('a Unix socket', async () => {
    const socket = join(folder, 'auth.sock');
    const auth = createServer(answerJohn).listen(socket);
    await once(auth, 'listening');
    const app = await listen(createShowingServer());
    const settings = { app: app.url, auth: `unix:${socket}` };
    const { text } = await behind(program, settings, (port) => send(port, asJohn('/')));
    auth.close();
    await app.close();
    expect(userIn(seenIn(text))).toEqual(['john']);
  });

  it('https, where its certificate is vouched for and not otherwise', async () => {
    const files = { cert: readFileSync(tls.cert), key: readFileSync(tls.key) };
    const auth = await listen(createTlsServer(files, answerJohn), 'https');
    const app = await listen(createShowingServer());
    const settings = { app: app.url, auth: auth.url.replace('127.0.0.1', 'localhost') };
    const right = await behind(program, { ...settings, upstreamCa: tls.cert }, (port) =>
      send(port, asJohn('/')),
    );
    const wrong = await behind(program, settings, (port) => send(port, asJohn('/')));
    await auth.close();
    await app.close();
    expect(userIn(seenIn(right.text))).toEqual(['john']);
    expect([500, 502, 503]).toContain(wrong.status);
  });
});

/** Lets everybody in, as john. */
function answerJohn(_: IncomingMessage, res: ServerResponse): void {
  res.setHeader('Remote-User', 'john').end();
}

/** Products that are a proxy themselves: the hop in front of them deletes, and asks nobody. */
describe.each(PROGRAMS)('%s in front of Pomerium', (program) => {
  it('lets no client name a user, and passes everything on', async () => {
    const pomerium = await listen(createShowingServer());
    const settings = { app: APP, auth: pomerium.url, profile: 'pomerium' } as const;
    const { text } = await behind(program, settings, (port) =>
      send(
        port,
        request(
          '/a?b=1',
          'app.example.com',
          'X-Pomerium-Claim-User: evil',
          'Remote-User: evil',
          'Cookie: _pomerium=1',
        ),
      ),
    );
    await pomerium.close();
    const { headers, body } = seenIn(text);
    expect(body).toBe('/a?b=1');
    expect(headers.filter(([, value]) => value === 'evil')).toEqual([]);
    expect(headers).toContainEqual(['cookie', '_pomerium=1']);
  });
});

/** Everything that the generator takes for these programs, the programs take. */
describe.each(PROGRAMS)('%s finds no fault', (program) => {
  it.each<[what: string, settings: Settings & { readonly domain?: string }]>([
    ['with tinyauth', { app: APP, auth: AUTH, profile: 'tinyauth' }],
    ['with vouch', { app: APP, auth: AUTH, profile: 'vouch', portal: 'https://vouch.example.com' }],
    ['with gatekeeper', { app: APP, auth: AUTH, profile: 'gatekeeper' }],
    ['with a wildcard', { app: APP, auth: AUTH, domain: '*.example.com' }],
    ['with an international name', { app: APP, auth: AUTH, domain: 'Müller.Example' }],
    ['without hiding the session', { app: APP, auth: AUTH, hideSession: false, bypass: ['/a'] }],
  ])('%s', async (_, settings) => {
    const written = await writeHere(program, settings);
    const result = check(written);
    written.remove();
    expect(result).toEqual({ ok: true, output: expect.any(String) });
  });
});

/** Warnings that a person would have to look up. */
describe('what the programs say about a configuration', () => {
  it('is nothing at all, where that is Caddy’s and there is nothing else to say', async () => {
    const written = await writeHere('caddy', { app: APP, auth: AUTH });
    const { output } = check(written);
    written.remove();
    const warnings = output.split('\n').filter((line) => /"level":"warn"|Unnecessary/.test(line));
    expect(
      warnings.filter((line) => !line.includes('automatic HTTPS is completely disabled')),
    ).toEqual([]);
  });

  it('is no warning of HAProxy’s', async () => {
    const written = await writeHere('haproxy', { app: APP, auth: AUTH, bypass: ['/public'] });
    const { output } = check(written);
    written.remove();
    expect(output).not.toMatch(/WARNING/);
  });
});
