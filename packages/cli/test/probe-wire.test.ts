import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readReport } from '../src/probe/read-report.js';
import { readAnswer } from '../src/probe/wire/read-answer.js';

const HEAD = 'HTTP/1.1 200 OK\r\nServer: nginx\r\n';

describe('an answer', () => {
  it.each<
    [why: string, text: string, body: string | undefined, method?: string, hasEnded?: boolean]
  >([
    ['with a length', `${HEAD}Content-Length: 5\r\n\r\nhello`, 'hello'],
    ['with a length, and another answer behind it', `${HEAD}Content-Length: 2\r\n\r\nhello`, 'he'],
    ['that is not whole', `${HEAD}Content-Length: 9\r\n\r\nhello`, undefined],
    ['that is cut off', `${HEAD}Content-Length: 9\r\n\r\nhello`, 'hello', 'GET', true],
    [
      'in chunks',
      `${HEAD}Transfer-Encoding: chunked\r\n\r\n5;x=1\r\nhello\r\n1\r\n!\r\n0\r\n\r\n`,
      'hello!',
    ],
    [
      'in chunks, with trailers',
      `${HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: 1\r\n\r\n`,
      'a',
    ],
    [
      'in chunks that are not whole',
      `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\nhel`,
      undefined,
    ],
    ['that ends with the connection', `${HEAD}\r\nhello`, 'hello', 'GET', true],
    ['that goes on', `${HEAD}\r\nhello`, undefined],
    ['to HEAD', `${HEAD}Content-Length: 5\r\n\r\n`, '', 'HEAD'],
    ['without a body', 'HTTP/1.1 204 No Content\r\n\r\n', ''],
    ['that switches protocols', 'HTTP/1.1 101 Switching Protocols\r\n\r\n\x81\x01', ''],
    [
      'behind a 100 Continue',
      `HTTP/1.1 100 Continue\r\n\r\n${HEAD}Content-Length: 1\r\n\r\na`,
      'a',
    ],
    [
      'behind more interim answers than anybody sends',
      `${'HTTP/1.1 103 x\r\n\r\n'.repeat(30_000)}${HEAD}\r\n`,
      undefined,
      'GET',
      true,
    ],
    [
      'in chunks of a size below nothing',
      `${HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n-7\r\n`,
      'a',
    ],
    ['in UTF-8', `${HEAD}Content-Length: 2\r\n\r\n\u00c3\u00bc`, 'ü'],
    ['whose head is not whole', HEAD, undefined],
    ['that is none', 'SSH-2.0-OpenSSH\r\n\r\n', undefined, 'GET', true],
  ])('%s', (_, text, body, method = 'GET', hasEnded = false) => {
    expect(readAnswer(text, method, hasEnded)?.body).toBe(body);
  });

  it('is read or not, whatever comes', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .string({ unit: 'binary' })
        .map((text) => `${HEAD}Transfer-Encoding: chunked\r\n\r\n${text}`),
    );
    fc.assert(
      fc.property(texts, fc.boolean(), (text, hasEnded) => {
        readAnswer(text, 'GET', hasEnded);
      }),
    );
  });
});

describe('a report', () => {
  const reported = (body: string, version = '1') =>
    readReport({
      kind: 'answer',
      status: 200,
      headers: [['trusted-header-probe', version]],
      body,
    });
  const REPORT = {
    receiver: 1,
    adapter: 'koa',
    httpVersion: '1.1',
    decision: { kind: 'anonymous' },
  };

  it('is read as the receiver writes it', () => {
    const canary = 'th-probe-0123456789abcdef-plain-user';
    const body = JSON.stringify({
      ...REPORT,
      decision: { kind: 'authenticated' },
      identity: { user: canary, groups: [canary, 'present'], email: `${canary}@probe.invalid` },
      reads: ['Remote-User'],
      lines: [
        { name: 'Remote-User', position: 3, canary },
        { name: 'Remote-Name', position: 4, present: true, placeholder: true },
        { name: 'Connection', position: 5, tokens: ['close', 'Remote-User'] },
      ],
      count: 5,
    });
    expect(reported(body)).toMatchObject({
      kind: 'report',
      report: {
        adapter: 'koa',
        believed: [
          { part: 'user', canary },
          { part: 'groups', canary },
          { part: 'email', canary },
        ],
        lines: [
          { name: 'Remote-User', position: 3, canary, isPlaceholder: false },
          { name: 'Remote-Name', isPlaceholder: true },
          { name: 'Connection', tokens: ['close', 'Remote-User'] },
        ],
        trailers: [],
        count: 5,
      },
    });
  });

  it.each([
    ['an application’s own page', '<p>hello</p>'],
    ['another version', JSON.stringify(REPORT), '2'],
    ['no version', JSON.stringify(REPORT), 'x1'],
    ['another receiver', JSON.stringify({ ...REPORT, receiver: 2 })],
    ['no decision', JSON.stringify({ ...REPORT, decision: 'authenticated' })],
    ['null', 'null'],
  ])('is not %s', (_, body, version = '1') => {
    expect(reported(body, version)).toEqual({ kind: 'other' });
  });

  it('is one however deep a stranger has nested it, with nothing of that in it', () => {
    const body = JSON.stringify({ ...REPORT, identity: { user: 'U', groups: ['G', {}] } })
      .replace('"U"', '['.repeat(100_000) + ']'.repeat(100_000))
      .replace('"G"', '"th-probe-0123456789abcdef-plain-groups"');
    expect(reported(body)).toMatchObject({
      kind: 'report',
      report: {
        believed: [{ part: 'groups', canary: 'th-probe-0123456789abcdef-plain-groups' }],
      },
    });
  });

  it('shows what a profile reads besides', () => {
    const canary = 'th-probe-0123456789abcdef-plain-uid';
    const body = JSON.stringify({ ...REPORT, identity: { user: 'x', extra: { uid: canary } } });
    expect(reported(body)).toMatchObject({ report: { believed: [{ part: 'extra', canary }] } });
  });

  it('does not choose how the next requests are framed', () => {
    const framing = ['Transfer_Encoding', 'Content.Length', 'Expect', 'Range', 'TE'];
    const reads = ['Remote_User', ...framing, 'Trusted-Header-Probe', 'Trusted_Header_Probe_Mark'];
    expect(reported(JSON.stringify({ ...REPORT, reads }))).toMatchObject({
      report: { reads: ['Remote_User'] },
    });
  });

  it('is in no answer to HEAD, though the receiver was reached', () => {
    expect(reported('')).toEqual({ kind: 'reached' });
  });

  it('brings no text of a server’s own along but names and a short detail, whatever it says', () => {
    const values = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary', maxLength: 300 }).map((text) => JSON.stringify(text)),
    );
    fc.assert(
      fc.property(
        fc.constantFrom('adapter', 'identity', 'reads', 'lines', 'trailers', 'count'),
        values,
        (key, value) => {
          const { adapter, ...rest } = REPORT;
          const body = `${JSON.stringify({ adapter, ...rest }).slice(0, -1)},"${key}":${value}}`;
          const reading = reported(body);
          if (reading.kind !== 'report') throw new Error('it was one');
          const { report } = reading;
          const names = [
            report.adapter,
            report.httpVersion,
            ...report.reads,
            ...report.lines.map(({ name }) => name),
          ];
          for (const name of names) expect(name).toMatch(/^[\x21-\x7e]{1,80}$/);
        },
      ),
    );
  });
});
