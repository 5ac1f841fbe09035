import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { visible } from '../src/visible.js';
import { runCli } from './fake-io.js';

/** What a terminal obeys or does not show, other than line breaks between our own lines. */
const UNSAFE = /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?![\n\t])\p{Cc}/u;
const NASTY = 'traefik\u001b[2J\u009b31m\u007f\u202egnp\u2028\nnothing to say against it\r\u0000';
const SEEN =
  'traefik\\u001b[2J\\u009b31m\\u007f\\u202egnp\\u2028\\nnothing to say against it\\r\\u0000';
const PEER = ['--trusted-proxies', '10.0.0.7', '--peer', '10.0.0.7'];

const compose = (name: string, list = '10.9.0.2'): string =>
  JSON.stringify({
    services: {
      [name]: { image: name, container_name: name, networks: { [name]: {} } },
      app: {
        image: name,
        environment: { TRUSTED_PROXIES: list },
        ports: [name],
        networks: { [name]: {} },
      },
    },
    networks: { [name]: { ipam: { config: [{ subnet: name, gateway: name }] } } },
  });
const external = (name: string): string =>
  JSON.stringify({
    services: {
      caddy: { image: name, networks: [name] },
      app: {
        image: name,
        environment: [`TRUSTED_PROXIES=${name}`, `${name}=$X`],
        networks: [name],
      },
    },
    networks: { [name]: { external: true, name } },
  });
const inspected = (name: string): string =>
  JSON.stringify([
    {
      Name: name,
      Config: { Image: 'caddy', Env: [] },
      NetworkSettings: { Networks: { [name]: { IPAddress: name, Gateway: name } } },
    },
    {
      Name: 'app',
      Config: { Image: 'app', Env: [`TRUSTED_PROXIES=${name}`] },
      NetworkSettings: { Networks: { [name]: { IPAddress: name } }, Ports: { [name]: [{}] } },
    },
  ]);

/** Every command line that prints something of a file, a request or an option. */
const printing = (text: string): [args: string[], files?: Record<string, string>][] => [
  [['audit', '--compose', 'c.yaml', '--proxy', text], { 'c.yaml': compose(text) }],
  [['audit', '--compose', 'c.yaml', '--proxy', text, '--json'], { 'c.yaml': compose(text) }],
  [['audit', '--compose', 'c.yaml', '--proxy', 'x'], { 'c.yaml': compose(text) }],
  [['audit', '--compose', 'c.yaml', '--proxy', text], { 'c.yaml': compose(text, text) }],
  [['audit', '--compose', 'c.yaml'], { 'c.yaml': `a: [${text}` }],
  [['audit', '--compose', text], { [text]: 'a: 1' }],
  [['audit'], { '-': inspected(text) }],
  [['audit', '--json'], { '-': inspected(text) }],
  [['audit', '--compose', 'c.yaml', '--proxy', 'caddy'], { 'c.yaml': external(text) }],
  [
    ['audit', '--compose', 'c.yaml', '--proxy', 'caddy', '--variable', text],
    { 'c.yaml': external(text) },
  ],
  [['audit', '--compose', 'c.yaml'], { 'c.yaml': external(text), '.env': `X='${text}'` }],
  [['audit', text]],
  [['check', ...PEER, '-H', `Remote-User: ${text}`]],
  [['check', ...PEER, '-H', 'Remote-User: john', '-H', `Remote-Name: ${text}`]],
  [['check', ...PEER, '--from', 'dump'], { dump: `> GET / HTTP/1.1\n> Remote-User: ${text}\n` }],
  [['check', ...PEER, '--from', text], { [text]: '' }],
  [
    ['check', '--trusted-proxies', '10.0.0.7', '--from', 'page'],
    { page: `RemoteAddr: ${text}:1\nGET / HTTP/1.1\nRemote-User: ${text}\n` },
  ],
  [
    ['check', ...PEER, '--from', 'log'],
    { log: `msg="Check authorization of subject username=${text} groups=a ip=::1 and object x"\n` },
  ],
  [['check', '--from', 'log'], { log: `[error] upstream sent too big header ${text}\n` }],
  [['check', ...PEER, '--limits', text]],
  [['check', '--trusted-proxies', text, '--peer', text, '-H', 'Remote-User: john']],
  [['check', '--trusted-proxies', '10.0.0.7', '--peer', text, '-H', 'Remote-User: john']],
  [['check', ...PEER, '--profile', text]],
  [['check', ...PEER, `--${text}`]],
  [['proxy-config', text]],
  [['proxy-config', 'nginx', '--app', text, '--auth', text, '--domain', text]],
  [[text]],
];

describe('what reaches the terminal', () => {
  it('shows a compose file’s names with their control characters written out', async () => {
    const { out } = await runCli(['audit', '--compose', 'c.yaml', '--proxy', NASTY], {
      files: { 'c.yaml': compose(NASTY) },
    });
    expect(out.split('\n')[0]).toBe(`proxy ${SEEN}, application app`);
    expect(out.split('\n')).not.toContain('nothing to say against it\r\u0000');
  });

  it.each(printing(NASTY).map(([args, files]) => ({ args, files })))(
    'is nothing that a terminal obeys: $args.0 $args.1 $args.2',
    async ({ args, files }) => {
      const { out, err } = await runCli(args, files === undefined ? {} : { files });
      expect(out + err).not.toMatch(UNSAFE);
      expect(out + err).not.toMatch(/^nothing to say/m);
      expect(out + err).not.toBe('');
    },
  );

  it('is nothing that a terminal obeys, whatever the text', async () => {
    const unit = fc.oneof(
      fc.constantFrom(
        '\u001b',
        '\u009b',
        '\u202e',
        '\n',
        '\r',
        '\ud800',
        '\u{e0001}',
        ': ',
        '"',
        'a',
      ),
      fc.string({ unit: 'binary', maxLength: 1 }),
    );
    const text = fc.array(unit, { maxLength: 6 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, async (some) => {
        for (const [args, files] of printing(some)) {
          const { out, err } = await runCli(args, files === undefined ? {} : { files });
          expect(out + err).not.toMatch(UNSAFE);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('keeps JSON what it was: the escapes are JSON’s own', async () => {
    const { out } = await runCli(['audit', '--compose', 'c.yaml', '--proxy', NASTY, '--json'], {
      files: { 'c.yaml': compose(NASTY) },
    });
    expect(JSON.parse(out)).toMatchObject({ proxy: NASTY });
  });

  it.each([
    ['\u001b[0m', '\\u001b[0m'],
    ['\u{e0041}', '\\udb40\\udc41'],
    ['\ud800', '\\ud800'],
    ['\t', '\t'],
    ['Zoë 李 \u00a0', 'Zoë 李 \u00a0'],
  ])('writes %j as %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});
