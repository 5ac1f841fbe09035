import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, UseGuards } from '@nestjs/common';
import {
  CurrentUser,
  RequireGroups,
  RequireRole,
  SignInGuard,
  TrustedHeaderGuard,
} from '../src/index.js';
import { createBrowser } from './browser.js';
import { closeAll, PLATFORMS, start } from './start-sign-in.js';
import type { User } from './users.js';

afterEach(closeAll);

@Controller('notes')
class NotesController {
  @Get('guarded')
  @UseGuards(TrustedHeaderGuard)
  guarded() {
    return ['guarded'];
  }

  @Get('mine')
  @UseGuards(SignInGuard)
  mine(@CurrentUser() user: User) {
    return [user.name];
  }

  @Get('dev')
  @RequireGroups('dev')
  dev() {
    return ['dev'];
  }

  @Get('admin')
  @RequireRole('admin')
  admin() {
    return ['admin'];
  }
}

/** A module of an application, as there are many: it imports none of ours. */
@Module({ controllers: [NotesController] })
class NotesModule {}

describe.each(PLATFORMS)('a module that imports neither of ours, on %s', (platform) => {
  it('has their guards and rules all the same', async () => {
    const trustedHeader = { global: false };
    const port = await start(platform, { imports: [NotesModule], global: false, trustedHeader });
    const browser = createBrowser(port);
    const dev = { user: 'alice', groups: 'dev' };
    expect((await browser.visit('/notes/guarded')).status).toBe(401);
    expect((await browser.visit('/notes/guarded', dev)).body).toEqual(['guarded']);
    expect((await browser.visit('/notes/mine', dev)).body).toEqual(['alice']);
    expect((await browser.visit('/notes/dev', { ...dev, groups: 'ops' })).body).toBe(
      'group-missing',
    );
    expect((await browser.visit('/notes/dev', dev)).body).toEqual(['dev']);
    expect((await browser.visit('/notes/admin', dev)).body).toBe('role-missing');
    expect((await browser.visit('/notes/admin', { user: 'alice', groups: 'ops' })).body).toEqual([
      'admin',
    ]);
  });
});
