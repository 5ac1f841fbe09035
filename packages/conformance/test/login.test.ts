import { describe, expect, it } from '@jest/globals';
import { defineLoginConformance, loginCases, runLoginCase } from '../src/index.js';
import { naiveTarget, type Renew, renewed, sessionToy } from './login-toys.js';

const target = sessionToy('node:http', renewed);
defineLoginConformance(target, { describe, it });

async function failingIds(failing: Parameters<typeof runLoginCase>[1], ids: readonly string[]) {
  const failed: string[] = [];
  for (const each of loginCases.filter(({ id }) => ids.includes(id))) {
    await runLoginCase(each, failing).catch(() => failed.push(each.id));
  }
  return failed;
}

function caseOf(id: string) {
  const found = loginCases.find((each) => each.id === id);
  if (!found) throw new Error(`no such case: ${id}`);
  return found;
}

describe('the cases of the login', () => {
  it('fail for what applications write by themselves', async () => {
    const ids = [
      'groups-give-the-role',
      'switch-clears-data',
      'end-clears-data',
      'her-cookie-as-somebody-else',
      'her-cookie-past-the-proxy',
      'password-login-is-left-alone',
      'sign-out-holds',
      'forgery-with-her-cookie',
      'unknown-user',
      'database-down',
    ];
    expect(await failingIds(naiveTarget, ids)).toEqual(ids);
  });

  it('fail for a library that keeps the id, or the data', async () => {
    const sameId: Renew = (_, { data }) => data.clear();
    const sameData: Renew = (sessions, session) => {
      sessions.delete(session.id);
      session.id = `${session.id}-again`;
      sessions.set(session.id, session);
    };
    const ids = ['planted-session-is-not-hers', 'planted-data-is-not-hers', 'switch-clears-data'];
    expect(await failingIds(sessionToy('keeps the id', sameId), ids)).toEqual(ids.slice(0, 1));
    expect(await failingIds(sessionToy('keeps the data', sameData), ids)).toEqual(ids.slice(1));
  });

  it('tell what was expected and what came', async () => {
    await expect(runLoginCase(caseOf('her-cookie-as-somebody-else'), naiveTarget)).rejects.toThrow(
      /^step 2, GET \/me as bob\n {2}expected: .*user: 'bob'.*\n {2}got: +.*user: 'alice'/,
    );
  });

  it('expect of a session that is only a cookie what is true of one, and no less', async () => {
    // This one forgets: what such cases expect of a cookie that cannot is not so here.
    const stateless = { ...target, stateless: true };
    const failed = await failingIds(
      stateless,
      loginCases.map(({ id }) => id),
    );
    expect(failed).toEqual([
      'planted-session-is-not-hers',
      'planted-session-is-not-the-next-users',
      'old-cookie-after-the-end',
      'old-cookie-after-a-switch-kept',
      'old-cookie-after-a-sign-out-kept',
    ]);
  });

  it('have names that are stable, and each its own, and say why they exist', () => {
    const ids = loginCases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
    expect(loginCases.filter(({ why }) => why.length < 10)).toEqual([]);
  });
});
