import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runCli } from './fake-io.js';
import { type RealApplication, startRealApplication } from './real-application.js';

const FROM_PROXY = ['check', '--trusted-proxies', '127.0.0.1', '--peer', '127.0.0.1', '--json'];

/** What check decides about a dump, or nothing where it says that no server reads such a line. */
async function decideDump(lines: readonly string[]): Promise<unknown> {
  const dump = ['GET / HTTP/1.1', ...lines, ''].map((line) => `> ${line}\r\n`).join('');
  return decisionOf(
    await runCli([...FROM_PROXY, '--from', 'dump'], {
      files: { dump: Buffer.from(dump, 'latin1') },
    }),
  );
}

async function decideOptions(texts: readonly string[]): Promise<unknown> {
  return decisionOf(await runCli([...FROM_PROXY, ...texts.flatMap((text) => ['-H', text])]));
}

async function decideHar(lines: readonly string[]): Promise<unknown> {
  const headers = lines.map((line) => {
    const [name, ...rest] = line.split(':');
    return { name, value: rest.join(':') };
  });
  const har = JSON.stringify({ log: { entries: [{ request: { headers } }] } });
  return decisionOf(await runCli([...FROM_PROXY, '--from', 'har'], { files: { har } }));
}

function decisionOf({ code, out, err }: Awaited<ReturnType<typeof runCli>>): unknown {
  if (code !== 2) return JSON.parse(out).decision;
  expect(err).toMatch(/is not a header/);
  return undefined;
}

/** The bytes of a text in UTF-8, one character each. */
const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

const CLOSE = ['Host: x', 'Connection: close'];
const NAMES = [
  'Remote-User',
  'remote-user',
  'Remote_User',
  'Remote.User',
  'Remote-Groups',
  'Remote-Name',
  'Remote-Email',
  'X-Other',
  'Connection',
  // None of these is a name.
  'Remote-User ',
  ' Remote-User',
  'Remote-User\u00a0',
  'Remote-User\u00c2\u00a0',
  'Remote User',
  'Remote"User',
  '',
];
const PIECES = [
  ...['john', 'admin', 'remote-user', 'a@b.example', ',', ':', ';', '"', '>', '> '],
  // Optional white space, and what String.prototype.trim() takes for white space besides.
  ...[' ', '\t', '\u00a0', '\u00c2\u00a0', '\u0085', '\u00ef\u00bb\u00bf', '\u00e2\u0080\u00a8'],
  // nicolà, é in Latin-1, all the bytes that may be in a value.
  ...['nicol\u00c3\u00a0', '\u00c3\u00a0', '\u00e9', '\u0080', '\u00ff'],
  // No server lets these through.
  ...['\0', '\u0001', '\u000b', '\u000c', '\r', '\u001b', '\u007f'],
];
const line = fc
  .tuple(
    fc.constantFrom(...NAMES),
    fc.constantFrom(':', ': ', ':\t ', ':', ': ', ''),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }),
  )
  .map(([name, colon, pieces]) => name + colon + pieces.join(''));
const lines = fc.array(line, { minLength: 1, maxLength: 3 });

describe('check and header bytes', () => {
  let application: RealApplication;
  beforeAll(async () => {
    application = await startRealApplication();
  });
  afterAll(() => {
    application.stop();
  });

  it.each<[why: string, line: string, expected: unknown]>([
    ['a user whose last byte is A0', 'Remote-User: nicol\u00c3\u00a0', 'nicolà'],
    ['a user whose last byte is 85', 'Remote-User: \u00c3\u0085', 'Å'],
    ['a user between SP and HTAB', 'Remote-User: \t john \t', 'john'],
    ['a colon in the value', 'Remote-User:a:b', 'a:b'],
  ])('accepts %s as the application does', async (_, text, user) => {
    const expected = {
      kind: 'authenticated',
      identity: { user },
      source: { kind: 'address', address: '127.0.0.1' },
    };
    expect(await application.decide([...CLOSE, text])).toEqual(expected);
    expect(await decideDump([...CLOSE, text])).toEqual(expected);
    const typed = Buffer.from(text, 'latin1').toString('utf8');
    expect(await decideOptions([...CLOSE, typed])).toEqual(expected);
    expect(await decideHar([...CLOSE, typed])).toEqual(expected);
  });

  it('does not take admin and a no-break space for admin', async () => {
    const decided = await application.decide([...CLOSE, 'Remote-User: admin\u00c2\u00a0']);
    expect(decided).not.toMatchObject({ identity: { user: 'admin' } });
    expect(await decideDump([...CLOSE, 'Remote-User: admin\u00c2\u00a0'])).toEqual(decided);
    expect(await decideOptions([...CLOSE, 'Remote-User: admin\u00a0'])).toEqual(decided);
    expect(await decideHar([...CLOSE, 'Remote-User: admin\u00a0'])).toEqual(decided);
  });

  it.each<[why: string, line: string]>([
    ['white space in front of the colon', 'Remote-User : admin'],
    ['a folded line', 'Remote-User: john\r\n> \tadmin'],
    ['a name that is none', 'Remote-User\u00a0: admin'],
    ['no name', ': admin'],
    ['no colon', 'Remote-User admin'],
    ['NUL', 'Remote-User: admin\0'],
    ['a form feed, which trim() would eat', 'Remote-User: admin\u000c'],
    ['CR alone', 'Remote-User: john\rRemote-User: admin'],
    ['DEL', 'Remote-User: admin\u007f'],
  ])('says that no server reads a line with %s', async (_, text) => {
    expect(await application.decide([...CLOSE, text.replace('\n> ', '\n')])).toBe(undefined);
    expect(await decideDump([...CLOSE, text])).toBe(undefined);
  });

  it('refuses an option whose bytes have become U+FFFD on the way', async () => {
    const { code, err } = await runCli([...FROM_PROXY, '-H', 'Remote-User: nicol\ufffd']);
    expect(code).toBe(2);
    expect(err).toBe(
      '--header: "Remote-User: nicol\ufffd" is not a header in UTF-8; write its bytes into a file, as curl -v prints them, and use --from\n',
    );
  });

  it.each([999, 1000])('counts %i lines as the application does', async (count) => {
    const many = [...CLOSE, ...Array.from({ length: count - 2 }, () => 'x:')];
    const decided = await application.decide(many);
    expect(decided).toMatchObject({ kind: count < 1000 ? 'anonymous' : 'refused' });
    expect(await decideDump(many)).toEqual(decided);
  });

  it('decides about any header lines of a dump as a server does about the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(lines, async (some) => {
        const all = [...CLOSE, ...some];
        expect(await decideDump(all)).toEqual(await application.decide(all));
      }),
      { numRuns: 1000 },
    );
  }, 60_000);

  it('decides about any header options and HAR files as a server does about their bytes', async () => {
    const texts = fc.array(
      line
        .map((bytes) => Buffer.from(bytes, 'latin1').toString('utf8'))
        // An empty line would end the header section, and curl's Name; has no form on the wire.
        .filter((text) => text !== '' && !/\ufffd|^[^:]*;/.test(text)),
      { minLength: 1, maxLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(texts, async (some) => {
        const all = [...CLOSE, ...some];
        const decided = await application.decide(all.map(bytesOf));
        expect(await decideOptions(all)).toEqual(decided);
        if (all.every((text) => text.indexOf(':') > 0)) {
          expect(await decideHar(all)).toEqual(decided);
        }
      }),
      { numRuns: 500 },
    );
  }, 60_000);
});
