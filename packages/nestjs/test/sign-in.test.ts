import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import {
  AllowAnonymous,
  CurrentUser,
  RequireUser,
  signInAgain,
  signOut,
  type TrustedHeaderRequest,
} from '../src/index.js';
import { createBrowser } from './browser.js';
import { closeAll, PLATFORMS, start } from './start-sign-in.js';
import { createUsers, type User } from './users.js';

afterEach(closeAll);

/** Of either library. */
interface WithSession {
  readonly session: { notes?: string[] };
}

@Controller()
class NotesController {
  /** Counts what the session holds: whose notes they are shows who gets to see them. */
  @Get()
  home(@CurrentUser() user: User, @Req() { session }: WithSession) {
    session.notes = [...(session.notes ?? []), `${user.name}'s`];
    return session.notes;
  }

  @Get('me')
  me(@CurrentUser() user: User | undefined, @Req() request: TrustedHeaderRequest) {
    return [user ?? null, request.user === user, request.identity?.user ?? null];
  }

  @Get('mine')
  @RequireUser()
  mine(@CurrentUser() user: User) {
    return user.name;
  }

  @Get('open')
  @AllowAnonymous()
  open(@CurrentUser() user: User | undefined) {
    return [user?.name ?? 'nobody'];
  }

  @Get('healthz')
  health(@CurrentUser() user: User | undefined) {
    return [user?.name ?? 'nobody'];
  }

  @Post('sign-out')
  @HttpCode(200)
  async signOut(@Req() request: TrustedHeaderRequest) {
    await signOut(request);
    return [request.user ?? null];
  }

  @Post('sign-in-again')
  @HttpCode(200)
  async again(@Req() request: TrustedHeaderRequest) {
    const user = await signInAgain(request);
    return [user, request.user === user];
  }
}

describe.each(PLATFORMS)('on %s', (platform) => {
  const startNotes = (options = {}) =>
    start(platform, { controllers: [NotesController], ...options });

  it('signs in whom the proxy names, and keeps the session from request to request', async () => {
    const users = createUsers();
    const browser = createBrowser(await startNotes({ users }));
    expect(await browser.visit('/', { user: 'alice' })).toEqual({ status: 200, body: ["alice's"] });
    const { cookie } = browser;
    expect(cookie).toMatch(/^\w+\.?\w*=s?/);
    expect((await browser.visit('/', { user: 'alice' })).body).toEqual(["alice's", "alice's"]);
    expect(browser.cookie).toBe(cookie);
    expect((await browser.visit('/me', { user: 'alice' })).body).toEqual([
      { id: 1, name: 'alice' },
      true,
      'alice',
    ]);
    expect(users.asked).toEqual(['alice', 'alice', 'alice']);
  });

  it('follows the proxy to the next person, with another session and nothing of the last', async () => {
    const browser = createBrowser(await startNotes());
    await browser.visit('/', { user: 'alice' });
    const old = browser.cookie ?? '';
    expect((await browser.visit('/', { user: 'bob' })).body).toEqual(["bob's"]);
    expect(browser.cookie).not.toBe(old);
    expect((await browser.visit('/', { user: 'bob', cookie: old })).body).toEqual(["bob's"]);
    expect((await browser.visit('/', { user: 'alice', cookie: old })).body).toEqual(["alice's"]);
  });

  it('clears the session of the same person when the groups have changed', async () => {
    const browser = createBrowser(await startNotes());
    await browser.visit('/', { user: 'alice', groups: 'ops' });
    expect((await browser.visit('/', { user: 'alice', groups: 'dev' })).body).toEqual(["alice's"]);
  });

  it('believes no cookie where the proxy names nobody, and no forged claim', async () => {
    const port = await startNotes();
    const browser = createBrowser(port);
    await browser.visit('/', { user: 'alice' });
    expect(await browser.visit('/me')).toEqual({ status: 401, body: 'authentication-required' });
    expect(await browser.visit('/me', { from: '127.0.0.2' })).toEqual({
      status: 401,
      body: 'authentication-required',
    });
    expect(await browser.visit('/me', { user: 'alice', from: '127.0.0.2' })).toEqual({
      status: 403,
      body: 'peer-untrusted',
    });
  });

  it('leaves the session as it is where nobody is refused, whatever module is imported first', async () => {
    const browser = createBrowser(await startNotes({ order: 'reversed' }));
    await browser.visit('/', { user: 'alice' });
    expect((await browser.visit('/')).status).toBe(401);
    expect((await browser.visit('/', { user: 'alice' })).body).toEqual(["alice's", "alice's"]);
  });

  it('ends the session where nobody may pass and nobody is named', async () => {
    const browser = createBrowser(await startNotes({ trustedHeader: { anonymous: 'allow' } }));
    await browser.visit('/', { user: 'alice' });
    expect((await browser.visit('/me')).body).toEqual([null, true, null]);
    expect((await browser.visit('/', { user: 'alice' })).body).toEqual(["alice's"]);
  });

  it('keeps it there with onMissing: keep, and switches it all the same', async () => {
    const options = { trustedHeader: { anonymous: 'allow' }, onMissing: 'keep' };
    const browser = createBrowser(await startNotes(options));
    await browser.visit('/', { user: 'alice' });
    expect((await browser.visit('/me')).body).toEqual([{ id: 1, name: 'alice' }, true, null]);
    expect(await browser.visit('/mine')).toEqual({ status: 200, body: 'alice' });
    expect((await browser.visit('/', { user: 'bob' })).body).toEqual(["bob's"]);
  });

  it.each(['/open', '/healthz'])('ends nothing on %s, and knows a user there', async (path) => {
    const browser = createBrowser(await startNotes({ trustedHeader: { open: ['/healthz'] } }));
    await browser.visit('/', { user: 'alice' });
    expect(await browser.visit(path)).toEqual({ status: 200, body: ['nobody'] });
    expect((await browser.visit(path, { user: 'alice' })).body).toEqual(['alice']);
    expect((await browser.visit('/', { user: 'alice' })).body).toEqual(["alice's", "alice's"]);
  });

  it('answers 403 to whom the application does not know, and leaves no session', async () => {
    const browser = createBrowser(await startNotes());
    expect(await browser.visit('/', { user: 'mallory' })).toEqual({
      status: 403,
      body: 'user-unknown',
    });
    await browser.visit('/', { user: 'alice' });
    expect((await browser.visit('/me', { user: 'mallory' })).status).toBe(403);
    expect((await browser.visit('/', { user: 'alice' })).body).toEqual(["alice's"]);
  });

  it('answers 503 while the users cannot be asked, leaves the session, and stops nobody', async () => {
    const users = createUsers();
    const port = await startNotes({ users, trustedHeader: { open: ['/healthz'] } });
    const browser = createBrowser(port);
    await browser.visit('/', { user: 'alice' });
    users.isDown = true;
    expect(await browser.visit('/', { user: 'alice' })).toEqual({
      status: 503,
      body: 'user-unavailable',
    });
    for (const path of ['/open', '/healthz']) {
      expect(await browser.visit(path)).toEqual({ status: 200, body: ['nobody'] });
      expect(await browser.visit(path, { user: 'alice' })).toEqual({
        status: 200,
        body: ['nobody'],
      });
    }
    users.isDown = false;
    expect((await browser.visit('/', { user: 'alice' })).body).toEqual(["alice's", "alice's"]);
  });

  it('holds a sign-out until the person asks, or another person comes', async () => {
    const browser = createBrowser(await startNotes());
    const alice = { user: 'alice' };
    await browser.visit('/', alice);
    const old = browser.cookie ?? '';
    expect((await browser.visit('/sign-out', { ...alice, method: 'POST' })).body).toEqual([null]);
    expect((await browser.visit('/me', alice)).body).toEqual([null, true, 'alice']);
    expect(await browser.visit('/mine', alice)).toEqual({
      status: 401,
      body: 'authentication-required',
    });
    expect((await browser.visit('/', { ...alice, cookie: old })).body).toEqual(["alice's"]);

    const again = createBrowser(await startNotes());
    await again.visit('/', alice);
    await again.visit('/sign-out', { ...alice, method: 'POST' });
    const { body } = await again.visit('/sign-in-again', { ...alice, method: 'POST' });
    expect(body).toEqual([{ id: 1, name: 'alice' }, true]);
    expect((await again.visit('/', alice)).body).toEqual(["alice's"]);
    await again.visit('/sign-out', { ...alice, method: 'POST' });
    expect((await again.visit('/', { user: 'bob' })).body).toEqual(["bob's"]);
  });
});
