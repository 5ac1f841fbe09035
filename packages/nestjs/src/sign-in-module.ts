import {
  type DynamicModule,
  type FactoryProvider,
  Module,
  type ModuleMetadata,
  type Provider,
  type Type,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { asyncProviders } from './async-providers.js';
import { checkGlobal } from './check-global.js';
import { SignInGuard } from './sign-in-guard.js';
import { LOGIN, resolveLogin, type SignInModuleOptions } from './sign-in-options.js';

/** What {@link SignInModule} itself can be told. */
export interface SignInModuleExtras {
  /** Whether the guard is on every handler. Default true. */
  readonly global?: boolean;
}

/** Makes options, for `useClass` and `useExisting`. */
export interface SignInOptionsFactory<Request extends object = object> {
  createSignInOptions(): SignInModuleOptions<Request> | Promise<SignInModuleOptions<Request>>;
}

/** Where `forRootAsync` has its options from: exactly one of the three. */
export interface SignInModuleAsyncOptions<Request extends object = object>
  extends SignInModuleExtras {
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  readonly inject?: NonNullable<FactoryProvider['inject']>;
  readonly useFactory?: FactoryProvider<
    SignInModuleOptions<Request> | Promise<SignInModuleOptions<Request>>
  >['useFactory'];
  readonly useClass?: Type<SignInOptionsFactory<Request>>;
  readonly useExisting?: Type<SignInOptionsFactory<Request>>;
}

/**
 * Signs in whom the proxy names: finds or creates the application's user, and follows the proxy with the session (P2, P5).
 *
 * Needs `TrustedHeaderModule`, in whatever order, and the session middleware. Handlers read `@CurrentUser()` or `request.user`; it is
 * undefined where nobody is signed in, which `anonymous: 'allow'`, `@AllowAnonymous()`, a sign-out or another login can be the reason
 * of. Answers 403 `user-unknown` where `find` and `create` give `null`, and 503 where they fail.
 *
 * @example
 * ```ts
 * import { Module } from '@nestjs/common';
 * import { expressSession, SignInModule, TrustedHeaderModule } from '@trusted-header/nestjs';
 *
 * @Module({
 *   imports: [
 *     TrustedHeaderModule.forRoot({ trustedProxies: process.env.TRUSTED_PROXIES }),
 *     SignInModule.forRoot({ find: ({ user }) => ({ id: 1, name: user }), session: expressSession }),
 *   ],
 * })
 * export class AppModule {}
 * ```
 */
@Module({})
export class SignInModule {
  /** @throws {ConfigError} `option-invalid`, at construction. */
  static forRoot<Request extends object = object>(
    options: SignInModuleOptions<Request> & SignInModuleExtras,
  ): DynamicModule {
    const { global = true, ...rest } = options;
    return moduleOf([{ provide: LOGIN, useValue: resolveLogin<Request>(rest) }], global);
  }

  /** Like `forRoot`, with options that other providers make: the users are mostly a repository's. */
  static forRootAsync<Request extends object = object>(
    options: SignInModuleAsyncOptions<Request>,
  ): DynamicModule {
    const { imports = [], global = true } = options;
    const providers = asyncProviders('SignInModule', LOGIN, options, {
      ask: (factory: SignInOptionsFactory<Request>) => factory.createSignInOptions(),
      resolve: (made: SignInModuleOptions<Request>) => resolveLogin(made),
    });
    return { ...moduleOf(providers, global), imports };
  }
}

function moduleOf(providers: readonly Provider[], global: boolean): DynamicModule {
  checkGlobal(global);
  return {
    module: SignInModule,
    // Everywhere, so that any module can use the guard.
    global: true,
    providers: [
      ...providers,
      SignInGuard,
      ...(global ? [{ provide: APP_GUARD, useExisting: SignInGuard }] : []),
    ],
    exports: [LOGIN, SignInGuard],
  };
}
