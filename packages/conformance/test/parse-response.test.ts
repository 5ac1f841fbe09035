import { describe, expect, it } from '@jest/globals';
import { parseResponse } from '../src/wire/parse-response.js';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n';

describe('parseResponse', () => {
  it('waits for a body of the length that was announced', () => {
    const bytes = `${HEAD}Content-Length: 5\r\n\r\nhello`;
    expect(parseResponse(bytes.slice(0, -1), false, false)).toBeUndefined();
    expect(parseResponse(bytes, false, false)?.response.body).toBe('hello');
  });

  it('takes one response and leaves the next', () => {
    const bytes = `${HEAD}Content-Length: 5\r\n\r\n`;
    expect(parseResponse(`${bytes}helloHTTP/1.1 403`, false, false)?.length).toBe(bytes.length + 5);
  });

  it('joins chunks', () => {
    const bytes = `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n`;
    for (let end = 0; end < bytes.length; end++) {
      expect(parseResponse(bytes.slice(0, end), false, false)).toBeUndefined();
    }
    expect(parseResponse(bytes, false, false)).toMatchObject({
      response: { status: 200, body: 'hello world' },
      length: bytes.length,
    });
  });

  it('expects no body of an answer to HEAD', () => {
    expect(parseResponse(`${HEAD}Content-Length: 5\r\n\r\n`, true, false)?.response.body).toBe('');
  });

  it('takes what came until the end where there is no length', () => {
    expect(parseResponse(`${HEAD}\r\nhello`, false, false)).toBeUndefined();
    expect(parseResponse(`${HEAD}\r\nhello`, false, true)?.response.body).toBe('hello');
  });
});
