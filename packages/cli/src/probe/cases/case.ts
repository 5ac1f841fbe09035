import type { ProbeCaseId } from '../case-id.js';
import type { IdentityNames } from '../identity-names.js';
import type { Target } from '../target.js';

/** From where a request comes: through the proxy, or past it. */
export type Vantage = 'front' | 'direct';

/** What a canary stands in, which says how bad it is that it arrives. */
export type PlantedKind = 'own' | 'other-user' | 'other' | 'proof' | 'internal';

/** A name that nobody is called, and the header that it was sent in. */
export interface Planted {
  readonly canary: string;
  readonly header: string;
  readonly kind: PlantedKind;
}

/** What a case is made of. */
export interface Scene {
  readonly target: Target;
  readonly path: string;
  /** The headers that the application reads. */
  readonly names: IdentityNames;
  /** What else it reads. */
  readonly others: readonly string[];
  /** The header of the shared secret, if the person says which. */
  readonly secretHeader?: string | undefined;
  /** Makes a value for a header, and remembers it. */
  plant(header: string, kind: PlantedKind, tag?: string): string;
}

/** The part of a request that makes the case. Host, user agent, token and cookie are added to it. */
export interface Attempt {
  readonly protocol?: 'h2' | 'h2c' | '1.0';
  readonly method?: string;
  /** The target in the request line. Default: the path. */
  readonly target?: string;
  /** Header lines, as they are written. */
  readonly lines: readonly string[];
  /** What comes after the empty line. */
  readonly body?: string;
  /** On a connection that has carried a plain request already. */
  readonly isSecond?: boolean;
}

/** Something that a proxy must not let through. */
export interface ProbeCase {
  readonly id: ProbeCaseId;
  readonly title: string;
  /** The rules of the design that it is about, and what is published of it. */
  readonly rule: string;
  /** 1: tried first. The bound on requests cuts the last. */
  readonly tier: 1 | 2 | 3;
  /** Default: from everywhere. */
  readonly vantage?: Vantage;
  /** The request; none where the case cannot be, such as HTTP/2 by ALPN without TLS. */
  attempt(scene: Scene): Attempt | undefined;
}
