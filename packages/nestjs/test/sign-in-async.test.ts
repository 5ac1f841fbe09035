import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Inject, Injectable, Module } from '@nestjs/common';
import type { Identity } from '@trusted-header/core';
import {
  CurrentUser,
  RequireRole,
  SignInModule,
  type SignInModuleOptions,
  type SignInOptionsFactory,
  TrustedHeaderModule,
} from '../src/index.js';
import { createBrowser } from './browser.js';
import { closeAll, PLATFORMS, roles, sessionOf, startModules } from './start-sign-in.js';
import type { User } from './users.js';

afterEach(closeAll);

/** A repository, as an application has one. */
@Injectable()
class UsersRepository {
  private readonly rows = new Map<string, User>();

  async byName(name: string): Promise<User | undefined> {
    return this.rows.get(name);
  }

  async insert({ user }: Identity): Promise<User> {
    const row = { id: this.rows.size + 1, name: user };
    this.rows.set(user, row);
    return row;
  }
}

@Module({ providers: [UsersRepository], exports: [UsersRepository] })
class UsersModule {}

function optionsOf(users: UsersRepository): SignInModuleOptions {
  return {
    find: async ({ user }) => (await users.byName(user)) ?? null,
    create: (identity) => users.insert(identity),
    roles,
    log: false,
  };
}

@Injectable()
class SignInSettings implements SignInOptionsFactory {
  constructor(@Inject(UsersRepository) private readonly users: UsersRepository) {}

  createSignInOptions(): SignInModuleOptions {
    return optionsOf(this.users);
  }
}

@Module({
  imports: [UsersModule],
  providers: [SignInSettings],
  exports: [SignInSettings],
})
class SettingsModule {}

@Controller()
class HomeController {
  @Get()
  home(@CurrentUser() user: User) {
    return [user.id, user.name];
  }

  @Get('admin')
  @RequireRole('admin')
  admin() {
    return ['admin'];
  }
}

const decision = TrustedHeaderModule.forRoot({ trustedProxies: '127.0.0.1', log: false });

describe.each(PLATFORMS)('on %s', (platform) => {
  it.each([
    [
      'useFactory',
      () =>
        SignInModule.forRootAsync({
          imports: [UsersModule],
          inject: [UsersRepository],
          useFactory: async (users: UsersRepository) => ({
            ...optionsOf(users),
            session: sessionOf[platform],
          }),
        }),
    ],
    [
      'useClass',
      () => SignInModule.forRootAsync({ imports: [UsersModule], useClass: SignInSettings }),
    ],
    [
      'useExisting',
      () => SignInModule.forRootAsync({ imports: [SettingsModule], useExisting: SignInSettings }),
    ],
  ])('has its users from a repository by %s', async (_, make) => {
    const port = await startModules(platform, {
      imports: [make(), decision],
      controllers: [HomeController],
    });
    const browser = createBrowser(port);
    expect((await browser.visit('/', { user: 'alice' })).body).toEqual([1, 'alice']);
    expect((await browser.visit('/', { user: 'bob' })).body).toEqual([2, 'bob']);
    expect((await browser.visit('/', { user: 'alice' })).body).toEqual([1, 'alice']);
    expect((await browser.visit('/admin', { user: 'alice', groups: 'dev' })).body).toBe(
      'role-missing',
    );
  });
});

describe('what keeps an application from starting', () => {
  it('is an option that is wrong, where it is written', () => {
    const wrong: object = { find: 'by name' };
    expect(() => Reflect.apply(SignInModule.forRoot, SignInModule, [wrong])).toThrow('find');
    expect(() => SignInModule.forRootAsync({})).toThrow(
      'SignInModule.forRootAsync: write useFactory, useClass or useExisting',
    );
  });

  it('is an option that is wrong, where a provider makes it', async () => {
    const module = SignInModule.forRootAsync({
      useFactory: () => Object.assign({ find: () => null }, { onMising: 'keep' }),
    });
    const starting = startModules('Express', { imports: [decision, module] });
    await expect(starting).rejects.toThrow('onMising');
  });

  it('is a rule about users without the module that knows them', async () => {
    const starting = startModules('Express', {
      imports: [decision],
      controllers: [HomeController],
    });
    await expect(starting).rejects.toThrow('SignIn');
  });

  it('is the module without the one that decides', async () => {
    const module = SignInModule.forRoot({ find: () => ({ id: 1 }) });
    await expect(startModules('Express', { imports: [module] })).rejects.toThrow('SignInGuard');
  });
});
