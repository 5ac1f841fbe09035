import type { ProbeCaseId } from './case-id.js';
import type { Vantage } from './cases/case.js';

/** What is asked, and how. */
export interface ProbeSettings {
  /** The application as browsers reach it, through the proxy: `https://app.example.com`. */
  readonly url: string;
  /** The application past the proxy: `http://10.0.0.5:3000`. It must not believe anybody who comes that way. */
  readonly direct?: string | undefined;
  /** Default: the receiver's own path and `/`. A nested location of a proxy is met on its own path only. */
  readonly paths?: readonly string[] | undefined;
  /** The value of `TRUSTED_HEADER_PROBE` in the application's environment. Without it nothing can be called safe. */
  readonly token?: string | undefined;
  /** The value of a `Cookie` header by which the proxy knows somebody. Sent to `url` alone. */
  readonly cookie?: string | undefined;
  /** Whose headers to send until the receiver has said which it reads. Default `authelia`. */
  readonly profile?: string | undefined;
  /** The header of the application's shared secret, if it has one. */
  readonly secretHeader?: string | undefined;
  /** Only these cases. */
  readonly cases?: readonly string[] | undefined;
  /** Methods beside GET, HEAD and OPTIONS: they may change something where the application has no receiver. */
  readonly methods?: readonly string[] | undefined;
  /** Certificates of the authorities to believe (PEM), in the place of Node's. */
  readonly ca?: string | undefined;
  /** Believe any certificate. */
  readonly insecure?: boolean | undefined;
  /** Connect to this address for `url`, in the place of what its name resolves to. */
  readonly address?: string | undefined;
  /** Connect from this address of the machine. */
  readonly localAddress?: string | undefined;
  /** At most 150. */
  readonly maxRequests?: number | undefined;
  /** Default 5. */
  readonly requestsPerSecond?: number | undefined;
  /** For each request. Default 5 000. */
  readonly timeoutMs?: number | undefined;
}

/** `safe`: it did not arrive. `leak`: it did. `fault`: no leak, and wrong. `unknown`: nothing can be told. */
export type Verdict = 'safe' | 'leak' | 'fault' | 'unknown';

/** `error`: somebody could be somebody else. `warning`: refused here, and not everywhere. `note`: worth knowing. */
export type Level = 'error' | 'warning' | 'note' | 'none';

/** What came of one case, on one path, from one side. */
export interface ProbeOutcome {
  readonly id: ProbeCaseId;
  readonly title: string;
  readonly rule: string;
  readonly vantage: Vantage;
  readonly path: string;
  readonly verdict: Verdict;
  readonly level: Level;
  /** What was seen, in words. */
  readonly says: string;
  /** Headers of the client that arrived, by the names that arrived. */
  readonly headers: readonly string[];
  /** The application's decision, where the receiver told it. */
  readonly decision?: { readonly kind: string; readonly reason?: string | undefined } | undefined;
}

/** What a control request, which claims nothing, has shown. */
export interface ProbePlace {
  readonly vantage: Vantage;
  readonly path: string;
  /** Whether the receiver has answered it. */
  readonly met: boolean;
  readonly says: string;
}

/** Everything that a run has seen. */
export interface ProbeResult {
  readonly url: string;
  readonly direct?: string | undefined;
  /** `not-asked`: without a token, there was no receiver to expect. */
  readonly receiver: 'met' | 'not-met' | 'not-asked';
  /** The application's adapter, where the receiver said so. */
  readonly adapter?: string | undefined;
  /** The headers that were sent as the application's own. */
  readonly reads: readonly string[];
  /** The proxy, as far as its answers tell. */
  readonly proxy?: string | undefined;
  readonly places: readonly ProbePlace[];
  readonly outcomes: readonly ProbeOutcome[];
  /** What the bound on requests has left out. */
  readonly leftOut: readonly {
    readonly id: ProbeCaseId;
    readonly vantage: Vantage;
    readonly path: string;
  }[];
  readonly requests: number;
}
