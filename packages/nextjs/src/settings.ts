import {
  type Admission,
  type AnonymousTest,
  compileAdmission,
  compileAnonymous,
  type ResolvedAdapterOptions,
} from '@trusted-header/core';
import { type SignInRedirect, signInRedirect } from '@trusted-header/login';
import { type NodeRequest, openProbe, type ProbeReceiver } from '@trusted-header/node';

/** What was registered, compiled. */
export interface Settings extends ResolvedAdapterOptions<NodeRequest> {
  /** Asks where a request comes from, on arrival. About nobody, `proxy.ts` asks. */
  readonly admit: Admission<NodeRequest>;
  readonly modeFor: AnonymousTest<NodeRequest>;
  readonly openFor: AnonymousTest<NodeRequest>;
  /** Tells where people sign in who come as nobody. */
  readonly redirect: SignInRedirect | undefined;
  /** Answers the probe's requests, which Next does not get to see. */
  readonly probe: ProbeReceiver | undefined;
}

/** @throws {ConfigError} `option-invalid` */
export function compileSettings(options: ResolvedAdapterOptions<NodeRequest>): Settings {
  const { open } = options;
  return {
    ...options,
    admit: compileAdmission({ ...options, anonymous: 'allow' }),
    modeFor: compileAnonymous(options),
    openFor: compileAnonymous(open ? { open } : {}),
    redirect: signInRedirect(options),
    probe: openProbe(options.authenticator, 'nextjs'),
  };
}
