import type { User } from '../portal/users.js';
import type { Agent } from '../wire/start-agent.js';
import type { App, AppName } from '../world/apps.js';

/** Where a case happens: one application behind one proxy. */
export interface Site {
  readonly app: App;
  readonly agents: Readonly<Record<'client' | 'attacker' | 'proxy', Agent>>;
  readonly cookies: Readonly<Record<User, string>>;
  /** Ports from which the proxy has reached the application lately. */
  proxyPorts(): readonly number[];
}

/** Something that ordinary people do, which must work. */
export interface Flow {
  readonly id: string;
  readonly why: string;
  /** Default: every application. */
  readonly apps?: readonly AppName[];
  /** What is seen, in words; throws where there is nothing to see. */
  run(site: Site): Promise<string>;
  readonly expected: string;
}

/** What may come of an attack: `own` is the attacker's true identity, `error` that proxy or application gave up (5xx). */
export type Harmless = 'refused' | 'anonymous' | 'own' | 'error';

/** Something that must not work. */
export interface Attack {
  readonly id: string;
  readonly why: string;
  readonly apps?: readonly AppName[];
  run(site: Site): Promise<string>;
  readonly allowed: readonly Harmless[];
  /** Which of the allowed answers comes is chance, since proxy and application both give one: the document does not tell. */
  readonly isRace?: true;
}
