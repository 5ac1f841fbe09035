import type { FactoryProvider, Provider, Type } from '@nestjs/common';

/** What `forRootAsync` of a module is told about where its options come from. */
interface AsyncSources<Options, Factory> {
  readonly inject?: NonNullable<FactoryProvider['inject']>;
  readonly useFactory?: FactoryProvider<Options | Promise<Options>>['useFactory'];
  readonly useClass?: Type<Factory>;
  readonly useExisting?: Type<Factory>;
}

/**
 * Makes the providers of a module whose options other providers make.
 *
 * @throws {TypeError} where none of the three ways is given.
 */
export function asyncProviders<Options, Factory>(
  module: string,
  token: symbol,
  sources: AsyncSources<Options, Factory>,
  how: {
    /** Gets the options from a class. */
    readonly ask: (factory: Factory) => Options | Promise<Options>;
    /** Makes of the options what is provided. */
    readonly resolve: (options: Options) => unknown;
  },
): Provider[] {
  const { inject = [], useFactory, useClass, useExisting } = sources;
  if (useFactory) {
    const make = async (...args: unknown[]) => how.resolve(await useFactory(...args));
    return [{ provide: token, inject: [...inject], useFactory: make }];
  }
  const maker = useClass ?? useExisting;
  if (!maker)
    throw new TypeError(`${module}.forRootAsync: write useFactory, useClass or useExisting`);
  const make = async (factory: Factory) => how.resolve(await how.ask(factory));
  const settings = { provide: token, inject: [maker], useFactory: make };
  return useClass ? [settings, useClass] : [settings];
}
