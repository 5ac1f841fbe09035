import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Req, UseGuards } from '@nestjs/common';
import {
  AllowAnonymous,
  CurrentUser,
  RequireGroups,
  RequireRole,
  RequireUser,
  SignInGuard,
  type TrustedHeaderRequest,
} from '../src/index.js';
import { createBrowser } from './browser.js';
import { closeAll, PLATFORMS, start } from './start-sign-in.js';
import { createUsers, type User } from './users.js';

afterEach(closeAll);

/** As a decorator that times or caches does: another function in the place of the method. */
function wrapped(_target: object, _name: string, descriptor: PropertyDescriptor) {
  const { value: method } = descriptor;
  descriptor.value = function wrapped(...args: unknown[]) {
    return Reflect.apply(method, this, args);
  };
}

class Reports {
  @Get('inherited')
  @RequireRole('admin')
  inherited() {
    return ['inherited'];
  }
}

@RequireRole('viewer')
class ViewersOnly {}

@Controller()
class ReportsController extends Reports {
  @Get('admin')
  @RequireRole('admin')
  admin(@CurrentUser() user: User) {
    return [user.name];
  }

  @Get('viewer')
  @RequireRole('viewer')
  viewer() {
    return ['viewer'];
  }

  @Get('wrapped')
  @wrapped
  @RequireRole('admin')
  @wrapped
  wrapped() {
    return ['wrapped'];
  }

  @Get('group')
  @RequireGroups('dev')
  group() {
    return ['group'];
  }

  @Get('both')
  @RequireRole('admin')
  @RequireGroups('dev')
  both() {
    return ['both'];
  }

  @Get('root')
  @RequireRole('root')
  root() {
    return ['root'];
  }

  @Get('free')
  free(@Req() request: TrustedHeaderRequest) {
    return ['user' in request];
  }
}

@Controller('viewers')
class ViewersController extends ViewersOnly {
  @Get()
  home() {
    return ['viewers'];
  }

  @Get('admin')
  @RequireRole('admin')
  admin() {
    return ['both roles'];
  }
}

@Controller('open')
@AllowAnonymous()
class OpenController {
  @Get()
  home() {
    return ['open'];
  }

  @Get('mine')
  @RequireUser()
  mine(@CurrentUser() user: User) {
    return [user.name];
  }

  @Get('both')
  @RequireRole('viewer')
  @RequireGroups('dev')
  both() {
    return ['both'];
  }
}

const controllers = [ReportsController, ViewersController, OpenController];
const OPS = { user: 'alice', groups: 'ops' };
const DEV = { user: 'alice', groups: 'dev' };

describe.each(PLATFORMS)('on %s', (platform) => {
  it.each([
    ['a method, for who has it', '/admin', OPS, 200, ['alice']],
    ['a method, for who has a lower one', '/admin', DEV, 403, 'role-missing'],
    ['a lower role, for who has a higher one', '/viewer', OPS, 200, ['viewer']],
    ['no role where groups are not known', '/viewer', { user: 'alice' }, 403, 'role-missing'],
    ['nobody', '/viewer', {}, 401, 'authentication-required'],
    ['whom the application does not know', '/viewer', { user: 'eve' }, 403, 'user-unknown'],
    ['a method that a subclass inherits', '/inherited', DEV, 403, 'role-missing'],
    ['the same, for who has the role', '/inherited', OPS, 200, ['inherited']],
    ['a method that other decorators wrap', '/wrapped', DEV, 403, 'role-missing'],
    ['the same, for who has the role', '/wrapped', OPS, 200, ['wrapped']],
    ['a class that inherits the rule', '/viewers', { user: 'alice' }, 403, 'role-missing'],
    ['the same, for who has the role', '/viewers', DEV, 200, ['viewers']],
    ['a class and its method, which both hold', '/viewers/admin', DEV, 403, 'role-missing'],
    ['both, for who has both', '/viewers/admin', OPS, 200, ['both roles']],
    ['a role and a policy, without the group', '/both', OPS, 403, 'group-missing'],
    ['a role and a policy, without the role', '/both', DEV, 403, 'role-missing'],
    ['a role that there is not, a mistake', '/root', OPS, 500, undefined],
    ['an open class', '/open', {}, 200, ['open']],
    ['a method that asks for a user in it', '/open/mine', {}, 401, 'authentication-required'],
    ['the same, for a user', '/open/mine', DEV, 200, ['alice']],
  ])('asks about %s: GET %s', async (_, path, sent, status, body) => {
    const browser = createBrowser(await start(platform, { controllers }));
    const seen = await browser.visit(path, sent);
    expect(seen.status).toBe(status);
    if (body !== undefined) expect(seen.body).toEqual(body);
  });

  it.each([
    ['reversed', { order: 'reversed' }],
    ['as written', {}],
    ['with the decision’s guard on no handler', { trustedHeader: { global: false } }],
    ['reversed, and on no handler', { order: 'reversed', trustedHeader: { global: false } }],
  ] as const)('looks nobody up whom a policy denies: imports %s', async (_, options) => {
    const users = createUsers();
    const browser = createBrowser(await start(platform, { controllers, users, ...options }));
    expect((await browser.visit('/group', OPS)).status).toBe(403);
    expect((await browser.visit('/both', OPS)).status).toBe(403);
    expect(users.asked).toEqual([]);
    expect(browser.cookie).toBeUndefined();
    expect((await browser.visit('/group', DEV)).status).toBe(200);
    expect(await browser.visit('/admin', DEV)).toEqual({ status: 403, body: 'role-missing' });
    expect((await browser.visit('/admin', OPS)).body).toEqual(['alice']);
    expect((await browser.visit('/admin')).status).toBe(401);
  });

  it('signs in where it is asked for only, with global: false', async () => {
    @Controller('by-guard')
    @UseGuards(SignInGuard)
    class ByGuardController {
      @Get()
      me(@CurrentUser() user: User) {
        return [user.name];
      }
    }
    @Controller('without')
    class WithoutController {
      @Get()
      me(@CurrentUser() user: User) {
        return [user.name];
      }
    }
    const users = createUsers();
    const port = await start(platform, {
      controllers: [...controllers, ByGuardController, WithoutController],
      users,
      global: false,
    });
    const browser = createBrowser(port);
    expect((await browser.visit('/free', OPS)).body).toEqual([false]);
    expect(users.asked).toEqual([]);
    expect(await browser.visit('/admin', DEV)).toEqual({ status: 403, body: 'role-missing' });
    expect((await browser.visit('/admin', OPS)).body).toEqual(['alice']);
    expect((await browser.visit('/viewers', { user: 'alice' })).body).toBe('role-missing');
    expect((await browser.visit('/by-guard', OPS)).body).toEqual(['alice']);
    // Nobody has tried to: an error that says so, in the place of an undefined user.
    expect((await browser.visit('/without', OPS)).status).toBe(500);
  });

  it('lets nobody to what asks for nobody, with the decision’s guard on no handler', async () => {
    const trustedHeader = { global: false };
    const browser = createBrowser(await start(platform, { controllers, trustedHeader }));
    expect((await browser.visit('/free')).status).toBe(200);
    expect((await browser.visit('/viewer')).status).toBe(401);
    expect((await browser.visit('/group')).status).toBe(401);
  });

  it('is not open where an open class has a method that asks for a user', async () => {
    const users = createUsers();
    const browser = createBrowser(await start(platform, { controllers, users }));
    users.isDown = true;
    expect((await browser.visit('/open', DEV)).body).toEqual(['open']);
    expect((await browser.visit('/open/mine', DEV)).body).toBe('user-unavailable');
    expect((await browser.visit('/open/both', DEV)).body).toBe('user-unavailable');
  });

  it('asks for the user once, however many guards ask', async () => {
    const users = createUsers();
    const browser = createBrowser(await start(platform, { controllers, users }));
    await browser.visit('/viewers/admin', OPS);
    expect(users.asked).toEqual(['alice']);
  });
});
