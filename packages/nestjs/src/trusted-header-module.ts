import {
  type DynamicModule,
  type FactoryProvider,
  Module,
  type ModuleMetadata,
  type Provider,
  type Type,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { checkOptionsObject, isAuthenticator } from '@trusted-header/core';
import { asyncProviders } from './async-providers.js';
import { checkGlobal } from './check-global.js';
import {
  FIRST_GUARD,
  resolveSettings,
  SETTINGS,
  type TrustedHeaderModuleOptions,
} from './options.js';
import { TrustedHeaderFilter } from './trusted-header-filter.js';
import { TrustedHeaderFront } from './trusted-header-front.js';
import { TrustedHeaderGuard } from './trusted-header-guard.js';
import { TrustedHeaderMethodGuard } from './trusted-header-method-guard.js';

/** What {@link TrustedHeaderModule} itself can be told. */
export interface TrustedHeaderModuleExtras {
  /** Whether the guard is on every handler. Default true. */
  readonly global?: boolean;
}

/** Makes options, for `useClass` and `useExisting`. */
export interface TrustedHeaderOptionsFactory {
  createTrustedHeaderOptions(): TrustedHeaderModuleOptions | Promise<TrustedHeaderModuleOptions>;
}

/** Where `forRootAsync` has its options from: exactly one of the three. */
export interface TrustedHeaderModuleAsyncOptions extends TrustedHeaderModuleExtras {
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  readonly inject?: NonNullable<FactoryProvider['inject']>;
  readonly useFactory?: FactoryProvider<
    TrustedHeaderModuleOptions | Promise<TrustedHeaderModuleOptions>
  >['useFactory'];
  readonly useClass?: Type<TrustedHeaderOptionsFactory>;
  readonly useExisting?: Type<TrustedHeaderOptionsFactory>;
}

/**
 * Tells who is asking, once, from the TCP connection and the raw header lines, for everything that comes to the
 * application's server; denies by default (D1).
 *
 * Identity headers are gone before any middleware, guard or handler can read them. Nest's and the platforms' own
 * trust-proxy settings and `request.ip` play no part.
 *
 * @example
 * ```ts
 * import { Module } from '@nestjs/common';
 * import { TrustedHeaderModule } from '@trusted-header/nestjs';
 *
 * @Module({
 *   imports: [TrustedHeaderModule.forRoot({ trustedProxies: process.env.TRUSTED_PROXIES })],
 * })
 * export class AppModule {}
 * ```
 */
@Module({})
export class TrustedHeaderModule {
  /**
   * @param options Core's options, `anonymous: 'allow'` to let requests without any claim through, or a ready
   *   authenticator.
   * @throws {ConfigError} At construction, naming every bad entry.
   */
  static forRoot(options: TrustedHeaderModuleOptions & TrustedHeaderModuleExtras): DynamicModule {
    if (isAuthenticator(options)) return TrustedHeaderModule.forRoot({ authenticator: options });
    checkOptionsObject(options);
    const { global, ...rest } = { global: true, ...options };
    return moduleOf([{ provide: SETTINGS, useValue: resolveSettings(rest) }], { global });
  }

  /** Like `forRoot`, with options that other providers make. A `ConfigError` keeps the application from starting. */
  static forRootAsync(options: TrustedHeaderModuleAsyncOptions): DynamicModule {
    const { imports = [] } = options;
    const settings = asyncProviders('TrustedHeaderModule', SETTINGS, options, {
      ask: (factory: TrustedHeaderOptionsFactory) => factory.createTrustedHeaderOptions(),
      resolve: resolveSettings,
    });
    return { ...moduleOf(settings, options), imports };
  }
}

function moduleOf(
  settings: readonly Provider[],
  { global = true }: TrustedHeaderModuleExtras,
): DynamicModule {
  checkGlobal(global);
  return {
    module: TrustedHeaderModule,
    // Everywhere, so that any module can use the guard.
    global: true,
    providers: [
      ...settings,
      TrustedHeaderFront,
      TrustedHeaderGuard,
      // Where the guard is not on every handler, policies have it brought along.
      { provide: FIRST_GUARD, useClass: global ? TrustedHeaderGuard : TrustedHeaderMethodGuard },
      { provide: APP_FILTER, useClass: TrustedHeaderFilter },
      ...(global ? [{ provide: APP_GUARD, useExisting: TrustedHeaderGuard }] : []),
    ],
    exports: [SETTINGS, FIRST_GUARD, TrustedHeaderGuard],
  };
}
