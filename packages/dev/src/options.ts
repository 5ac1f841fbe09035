/** Somebody who may be signed in as. */
export interface DevUser {
  readonly user: string;
  readonly groups?: readonly string[];
  readonly name?: string;
  readonly email?: string;
  /** For `Authorization: Basic` and `POST /api/firstfactor`; the sign-in page asks for none. Default: neither is possible. */
  readonly password?: string;
}

/** Who may see what, as Authelia's access control says it. Path prefixes hold for whole segments. */
export interface AccessRules {
  /** Prefixes that need no sign-in: `/public` is `/public` and `/public/x`, not `/publicity`. */
  readonly bypass?: readonly string[];
  /** Prefixes that are forbidden to everybody, signed in or not, whatever the other two say. */
  readonly deny?: readonly string[];
  /** Signed-in users need at least one of these groups; others are forbidden. Default: everybody signed in. */
  readonly groups?: readonly string[];
}

/** An application behind the gateway. */
export interface DevUpstream extends AccessRules {
  /** Where it listens: `http://127.0.0.1:3000`. */
  readonly target: string;
  /** Gateway port for it; 0 takes a free one. */
  readonly port: number;
  /** For messages. Default: the target. */
  readonly name?: string;
}

/** What {@link startDev} takes. The top-level rules are those of the authz endpoints. */
export interface DevOptions extends AccessRules {
  readonly users: readonly DevUser[];
  readonly upstreams: readonly DevUpstream[];
  /** Default 9091, as Authelia's; 0 takes a free one. */
  readonly portalPort?: number;
  /**
   * The longest request head, in bytes, that the portal and the gateways take: Authelia's `server.buffers.read`, and 4096
   * as there. Longer ones are answered with 431.
   */
  readonly readBufferBytes?: number;
  /**
   * Keeps the session cookie and Basic credentials from the applications, as `proxy-config --hide-session` does. Default
   * false: they get both, as with Authelia's own examples, and the cookie opens every other application.
   */
  readonly hideSession?: boolean;
  /** Gets a line for what goes wrong with an upstream. Default: nothing is written. */
  readonly log?: (line: string) => void;
}

/** What {@link startDev} has started. */
export interface RunningDev {
  readonly portalUrl: string;
  readonly gateways: readonly {
    readonly name: string;
    readonly url: string;
    readonly target: string;
  }[];
  close(): Promise<void>;
}
