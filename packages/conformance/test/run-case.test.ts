import { describe, expect, it } from '@jest/globals';
import { conformanceCases, runCase } from '../src/index.js';
import { alwaysAlice, cleanHeaders, credulous, toyTarget } from './toy-targets.js';

function caseOf(id: string) {
  const found = conformanceCases.find((each) => each.id === id);
  if (!found) throw new Error(`no such case: ${id}`);
  return found;
}

async function failingIds(target: Parameters<typeof runCase>[1], ids: readonly string[]) {
  const failing: string[] = [];
  for (const id of ids) await runCase(caseOf(id), target).catch(() => failing.push(id));
  return failing;
}

describe('a server that believes everybody', () => {
  const ids = [
    'nobody-refused',
    'user-only',
    'stranger-user',
    'user-twice',
    'alias-underscore',
    'connection-names-user',
    'user-null',
    'utf8-user-as-sent',
    'unix-without-entry',
    'claim-behind-600-lines',
    'log-stranger',
  ];

  it('fails each of these cases', async () => {
    expect(await failingIds(toyTarget(credulous), ids)).toEqual(ids);
  });

  it('is told what was expected and what came', async () => {
    await expect(runCase(caseOf('stranger-user'), toyTarget(credulous))).rejects.toThrow(
      /^request 1 from 127\.0\.0\.2: the status\n {2}expected: 403\n {2}got: +'200 /,
    );
  });
});

describe('a case', () => {
  it('passes where the handler sees what it should', async () => {
    await runCase(caseOf('user-only'), toyTarget(alwaysAlice(cleanHeaders)));
  });

  it('fails where a raw identity header is left readable', async () => {
    const leaky = alwaysAlice(({ headers }) => ({ headers }));
    await expect(runCase(caseOf('user-only'), toyTarget(leaky))).rejects.toThrow(
      /what the handler reads through headers\n {2}expected: 'no identity header'\n {2}got: +\[ 'remote-user', 'alice' \]/,
    );
  });

  it('fails where the value is left under another name', async () => {
    const shifted = alwaysAlice((req) => ({ headers: { ...cleanHeaders(req), host: 'alice' } }));
    await expect(runCase(caseOf('user-only'), toyTarget(shifted))).rejects.toThrow(
      "[ 'host', 'alice' ]",
    );
  });

  it('fails where the target has no way to read headers, which would show nothing', async () => {
    const blind = alwaysAlice(() => ({}));
    await expect(runCase(caseOf('user-only'), toyTarget(blind))).rejects.toThrow(
      'the target gives no way to read headers',
    );
  });

  it('fails where a way to read headers reads nothing', async () => {
    const blind = alwaysAlice((req) => ({ ...cleanHeaders(req), other: {} }));
    await expect(runCase(caseOf('user-only'), toyTarget(blind))).rejects.toThrow(
      'what the handler reads through other',
    );
  });

  it('fails where a handler runs for a refused request', async () => {
    const late = toyTarget(async ({ observe }, req, res) => {
      await observe(() => ({ decision: null, identity: null, readable: cleanHeaders(req) }));
      res.writeHead(403, {
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
      });
      const problem = { type: 'about:blank', title: 'Forbidden', status: 403 };
      res.end(JSON.stringify({ ...problem, code: 'peer-untrusted' }));
    });
    await expect(runCase(caseOf('stranger-user'), late)).rejects.toThrow(
      /how often a handler ran\n {2}expected: 0\n {2}got: +1/,
    );
  });

  it('fails where the user changes while the handler waits', async () => {
    let user = 'alice';
    const fickle = toyTarget(async ({ observe }, req, res) => {
      const look = () => {
        const identity = { user };
        user = user === 'alice' ? 'bob' : 'alice';
        return { decision: identity, identity, readable: cleanHeaders(req) };
      };
      res.end(await observe(look));
    });
    await expect(runCase(caseOf('user-only'), fickle)).rejects.toThrow('the decision that');
  });

  it('fails where the server hangs up', async () => {
    const rude = toyTarget((_, req) => req.socket.destroy());
    await expect(runCase(caseOf('user-only'), rude)).rejects.toThrow(
      'expected an answer; the server closed the connection',
    );
  });
});

describe('an expected failure', () => {
  it('passes where the case fails', async () => {
    const target = toyTarget(credulous, { 'stranger-user': 'believes everybody' });
    await runCase(caseOf('stranger-user'), target);
  });

  it('fails where the case passes', async () => {
    const target = toyTarget(alwaysAlice(cleanHeaders), { 'user-only': 'it is late' });
    await expect(runCase(caseOf('user-only'), target)).rejects.toThrow(
      'unexpected pass: take user-only out of expectedFailures (it is late)',
    );
  });
});
