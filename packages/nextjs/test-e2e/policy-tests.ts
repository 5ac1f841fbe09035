import { expect, it } from '@jest/globals';
import { type Ask, ask } from './ask.js';
import { askRaw } from './ask-raw.js';

const ALICE = ['Remote-User', 'alice', 'Remote-Groups', 'admin'];
const BOB = ['Remote-User', 'bob', 'Remote-Groups', 'dev'];
const SECRET = /VAULT-SECRET/;

/** What the fixture runs as. */
export interface PolicyFixture {
  readonly next: '16' | '15';
  readonly isDev: boolean;
  port(): number;
}

/**
 * Defines the tests of what is protected by a policy of `proxy.ts` and by nothing else: pages of both routers, made beforehand
 * and at request time, a file, an image, a server action.
 */
export function definePolicyTests({ next, isDev, port }: PolicyFixture): void {
  const visit = async (path: string, lines: readonly string[], more: Partial<Ask> = {}) =>
    follow({ path, lines, ...more });

  /** Next sends requests of its router on to an address with a hash of their headers. */
  async function follow(asked: Ask) {
    const answer = await ask(port(), asked);
    const { location } = answer.headers;
    if (answer.status !== 307 || location === undefined) return answer;
    const { pathname, search } = new URL(location, 'http://a');
    return ask(port(), { ...asked, path: pathname + search });
  }

  it.each(['/vault', '/vault/deep', '/vault/legacy', '/vault/file.txt'])(
    'answers 403 at %s before anything is rendered',
    async (path) => {
      const denied = await visit(path, BOB);
      expect([denied.status, JSON.parse(denied.text).code]).toEqual([403, 'group-missing']);
      expect((await visit(path, [])).status).toBe(401);
      const admitted = await visit(path, ALICE);
      expect([admitted.status, SECRET.test(admitted.text)]).toEqual([200, true]);
    },
  );

  it('answers a page with 403 where the page itself would be a 200, and shows nothing of it', async () => {
    const page = await visit('/admin', BOB);
    expect([page.status, page.text.includes('ADMIN-SECRET')]).toEqual([403, false]);
    // Without a policy, Next has begun to answer before the page can ask.
    const late = await visit('/unmatched/admin', BOB);
    expect(late.text.includes('ADMIN-SECRET')).toBe(false);
    expect(late.status).toBe(200);
  });

  it('hands payloads and prefetches to those only who are admitted', async () => {
    const kinds = [
      ['RSC', '1'],
      ['RSC', '1', 'Next-Router-Prefetch', '1', 'Next-Router-Segment-Prefetch', '/_tree'],
      ['RSC', '1', 'Next-Router-Prefetch', '1', 'Next-Router-Segment-Prefetch', '/_full'],
      ['RSC', '1', 'Next-Router-Prefetch', '2'],
      ['RSC', '1', 'Next-Router-Prefetch', '3'],
    ];
    for (const lines of kinds) {
      const path = '/vault/deep?_rsc=1';
      expect((await visit(path, [...BOB, ...lines])).status).toBe(403);
      expect((await visit(path, [...ALICE, ...lines])).status).toBe(200);
    }
    expect((await visit('/vault', BOB, { method: 'HEAD' })).status).toBe(403);
    expect((await visit('/vault', BOB, { method: 'POST', body: 'x' })).status).toBe(403);
  });

  it('lets no other spelling past', async () => {
    const hits: string[] = [];
    const leaks: string[] = [];
    for (const target of await spellings()) {
      const get = (lines: readonly string[]) =>
        askRaw(port(), { target, lines, from: '127.0.0.1' });
      const admitted = await get(['Remote-User: alice', 'Remote-Groups: admin']);
      if (SECRET.test(admitted.answer)) hits.push(target);
      for (const lines of [['Remote-User: bob', 'Remote-Groups: dev'], []]) {
        const { answer } = await get(lines);
        if (SECRET.test(answer)) leaks.push(target);
      }
    }
    expect(leaks).toEqual([]);
    // It would be no attack if nobody got anywhere by it.
    expect(hits).toEqual(
      expect.arrayContaining(['/%76ault/file.txt', '/vault#x', '/feed/(..)vault']),
    );
    expect(hits.length).toBeGreaterThan(5);
  });

  it('shows nothing of a protected page in the place of another, wherever a client says that it comes from', async () => {
    const secretOf = async (lines: readonly string[], from: string) => {
      const { status, text } = await visit('/public', [...lines, 'Next-Url', from]);
      return [status, SECRET.test(text)];
    };
    for (const from of ['/vault', '/vault/deep']) {
      expect(await secretOf(ALICE, from)).toEqual([200, true]);
      expect(await secretOf(BOB, from)).toEqual([200, false]);
      expect(await secretOf([], from)).toEqual([200, false]);
    }
    expect(await secretOf(BOB, '/act')).toEqual([200, false]);
  });

  it('runs no action of a protected page for whom it is not for, whichever page they post to', async () => {
    const { text } = await visit('/vault/act', ALICE);
    const [, id = 'none'] = /\\?"id\\?":\\?"([0-9a-f]{40,})/.exec(text) ?? [];
    const act = (path: string, lines: readonly string[]) => {
      const action = ['Next-Action', id, 'Content-Type', 'text/plain;charset=UTF-8'];
      const origin = ['Origin', `http://127.0.0.1:${port()}`];
      return ask(port(), {
        path,
        method: 'POST',
        body: '[]',
        lines: [...lines, ...action, ...origin],
      });
    };
    expect((await act('/vault/act', ALICE)).text).toMatch(SECRET);
    for (const path of ['/vault/act', '/vault', '/public', '/', '/act', '/unmatched']) {
      expect([path, SECRET.test((await act(path, BOB)).text)]).toEqual([path, false]);
    }
  });

  it('gets images for those who may have them', async () => {
    const image = (url: string) => `/_next/image?url=${encodeURIComponent(url)}&w=64&q=75`;
    const of = async (url: string, lines: readonly string[]) => {
      const { status, headers } = await visit(image(url), lines);
      return `${status} ${headers['content-type']}`;
    };
    expect(await of('/photo.png', BOB)).toBe('200 image/png');
    expect(await of('/vault/photo.png', ALICE)).toBe('200 image/png');
    expect(await of('/vault/photo.png', BOB)).toContain('403');
    expect(await of('/%76ault/photo.png', BOB)).toContain('403');
    expect(await of('/x/../vault/photo.png', BOB)).toContain('403');
    // Next 16 takes tabs out of it.
    const isTaken = next === '16' ? '200 image/png' : '400 undefined';
    expect(await of('/va\tult/photo.png', ALICE)).toBe(isTaken);
    expect(await of('/va\tult/photo.png', BOB)).toContain('403');
    expect(await of('/vault/photo.png', [])).toContain('401');
    expect(await of('/photo.png', [])).toContain('401');
  });

  if (isDev) return;

  it('leaves nothing that a policy protects to shared caches', async () => {
    const cacheOf = async (path: string, lines: readonly string[] = []) =>
      (await visit(path, [...ALICE, ...lines])).headers['cache-control'];
    expect(await cacheOf('/vault')).toBe('private, no-cache');
    expect(await cacheOf('/vault/deep?_rsc=1', ['RSC', '1'])).toBe('private, no-cache');
    expect(await cacheOf('/_next/image?url=%2Fvault%2Fphoto.png&w=64&q=75')).toMatch(/^private, /);
    expect(await cacheOf('/act')).toMatch(/^s-maxage=\d+/);
  });

  it('puts nobody into what is made beforehand', async () => {
    // Also once it has been made anew, for alice.
    for (const path of ['/', '/isr', '/public']) await visit(path, ALICE);
    const segments = ['/_tree', '/_full', '/__PAGE__'].map((segment) => [
      ...['RSC', '1', 'Next-Router-Prefetch', '1', 'Next-Router-Segment-Prefetch', segment],
    ]);
    for (const lines of segments) {
      const { headers, text } = await visit('/public?_rsc=1', [...ALICE, ...lines]);
      const isShared = !/no-store|private/.test(headers['cache-control'] ?? '');
      expect(isShared && text.includes('alice')).toBe(false);
    }
    const page = await visit('/public', ALICE);
    expect([page.text.includes('alice'), page.headers['cache-control']]).toEqual([
      true,
      expect.stringMatching(/private.*no-store/),
    ]);
    expect(page.headers['x-nextjs-prerender']).toBe(next === '16' ? '1' : undefined);
  });

  /** Spellings of what is below `/vault`, some of which Next takes for it. */
  async function spellings(): Promise<readonly string[]> {
    const build = isDev ? 'development' : await buildId();
    return [
      '/vault/',
      '//vault',
      '/\\vault',
      '/%76ault',
      '/%2576ault',
      '/VAULT',
      '/vault%2fdeep',
      '/vault;x',
      '/vault#x',
      '/feed/(..)vault',
      '/feed/%28..%29vault',
      '/vault%00',
      '/vault.rsc',
      '/vault.json',
      '/x/../vault',
      '/x/%2e%2e/vault',
      '/x/..%2fvault',
      '/./vault',
      '/%2e/vault',
      '/%ff/../vault',
      '/vault/deep/../deep',
      '/public/../vault',
      '/public/%2e%2e/vault/deep',
      '/_next/static/../../vault',
      '/_next/static/%2e%2e/%2e%2e/vault',
      '/unmatched/../vault',
      '/unmatched/%2e%2e/vault/legacy',
      `/_next/data/${build}/vault.json`,
      `/_next/data/${build}/vault/legacy.json`,
      `/_next/data/${build}/vault/%6cegacy.json`,
      `/_next/data/${build}/index/vault/legacy.json`,
      `/_next/data/${build}/x/../vault/legacy.json`,
      `/_next/data/${build}//vault/legacy.json`,
      `/_next/data/x/vault/legacy.json`,
      '/vault/%66ile.txt',
      '/vault%2ffile.txt',
      '/%76ault/file.txt',
      '/%76ault%2ffile.txt',
      '/x/../vault/file.txt',
      '/unmatched/..%2f..%2fvault/file.txt',
      '/x/..%2fvault%2ffile.txt',
      'http://127.0.0.1/vault',
      'http://x/vault/file.txt',
    ];
  }

  async function buildId(): Promise<string> {
    const { text } = await visit('/legacy-page', ALICE);
    return /"buildId":"([^"]+)"/.exec(text)?.[1] ?? 'none';
  }
}
