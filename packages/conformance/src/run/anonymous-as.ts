import type { AnonymousRule } from '@trusted-header/core';
import type { CaseOptions } from '../case.js';

/** Makes the rule that a case names. Some of what it does, no type would allow. */
export function anonymousAs(told: NonNullable<CaseOptions['anonymous']>): AnonymousRule<unknown> {
  switch (told) {
    case 'refuse':
    case 'allow':
      return told;
    case 'asked-allows':
      return () => 'allow';
    case 'asked-promises':
      return untyped(() => Promise.resolve('allow'));
    case 'asked-tells-nothing':
      return untyped(() => undefined);
    case 'asked-throws':
      return () => {
        throw new Error('the application cannot tell');
      };
  }
}

function untyped(ask: () => unknown): AnonymousRule<unknown> {
  // biome-ignore lint/suspicious/noExplicitAny: what JavaScript lets an application do.
  const rule: () => any = ask;
  return rule;
}
