import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type ArgumentsHost,
  Catch,
  Controller,
  type ExceptionFilter,
  Get,
  Module,
  UseGuards,
} from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
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

@Controller('admins')
@RequireRole('admin')
class AdminsController {
  @Get()
  home() {
    return ['admins'];
  }
}

@Controller('devs')
@RequireGroups('dev')
class DevsController {
  @Get()
  home() {
    return ['devs'];
  }
}

/** Forgets the guard that finds its user. */
@Controller('forgetful')
class ForgetfulController {
  @Get()
  home(@CurrentUser() user: User) {
    return [user.name];
  }
}

/** Tells what Nest would log. */
@Catch()
class TellingFilter implements ExceptionFilter<Error> {
  catch({ message }: Error, host: ArgumentsHost) {
    host.switchToHttp().getResponse().status(500).send([message]);
  }
}

/** A module of an application, as there are many: it imports none of ours. */
@Module({ controllers: [NotesController, AdminsController, DevsController] })
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

  it('has the rules of its classes, too', async () => {
    const trustedHeader = { global: false };
    const port = await start(platform, { imports: [NotesModule], global: false, trustedHeader });
    const browser = createBrowser(port);
    const bodyOf = async (path: string, groups: string) =>
      (await browser.visit(path, { user: 'alice', groups })).body;
    expect(await bodyOf('/admins', 'dev')).toBe('role-missing');
    expect(await bodyOf('/admins', 'ops')).toEqual(['admins']);
    expect(await bodyOf('/devs', 'ops')).toBe('group-missing');
    expect(await bodyOf('/devs', 'dev')).toEqual(['devs']);
    expect((await browser.visit('/admins')).status).toBe(401);
  });

  it('is told which guard a handler lacks whose user nobody has looked for', async () => {
    const port = await start(platform, {
      controllers: [ForgetfulController],
      providers: [{ provide: APP_FILTER, useClass: TellingFilter }],
      global: false,
    });
    expect(await createBrowser(port).visit('/forgetful', { user: 'alice' })).toEqual({
      status: 500,
      body: [
        '@CurrentUser() found none in ForgetfulController.home: it needs SignInGuard, and a request that can have a session',
      ],
    });
  });
});
