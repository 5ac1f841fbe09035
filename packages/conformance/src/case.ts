import type { AdmissionOptions, AuthenticatorOptions, Decision } from '@trusted-header/core';
import type { ProbeDecision, ProbeIdentity, ProbeLine } from '@trusted-header/core/probe';
import type { ClientCertificate } from './tls/client-certificates.js';

/** One promise of an adapter, as data: what is sent from where, and what must come of it. */
export interface ConformanceCase {
  /** Stable name, for `expectedFailures` and for people: `user-twice-adjacent`. */
  readonly id: string;
  /** Why the case exists: the attack, the rule of DESIGN.md, or the defect that somebody had. */
  readonly why: string;
  /** Default: only 127.0.0.1 is the proxy. `unix:{socket}` names the listener's own path, `file:{list}` a list of the case's own. */
  readonly options?: CaseOptions;
  /** Default `ipv4`: listens on 127.0.0.1. */
  readonly listener?: Listener;
  /** A middleware before the adapter has read every header already, so that what frameworks cache is cached. */
  readonly earlyReader?: boolean;
  /** Who else listens at the server, beside the framework (A6). A target without `door` must fail such a case. */
  readonly witnesses?: readonly Witness[];
  /** Where the requests of a case with witnesses come in. Default: the target's own server. */
  readonly entry?: Entry;
  readonly conversations: readonly Conversation[];
  /** All conversations at once; the handlers of at least half of them must have overlapped. */
  readonly atOnce?: boolean;
  /** What the proof was asked about, in order: values of `X-Proof`. Absent: not looked at. */
  readonly asked?: readonly string[];
  /** The exact number of log lines, and what each must hold. Absent: not looked at. */
  readonly log?: readonly (readonly string[])[];
  /**
   * Somebody in the process of the application subscribes to the diagnostics channel, and fails: what they are told, in order. Absent:
   * nobody does.
   */
  readonly channel?: readonly string[];
}

/** Options that are data; the runner adds `log`. */
export type CaseOptions = Omit<AuthenticatorOptions, 'log' | 'onDecision'> &
  Omit<AdmissionOptions, 'anonymous' | 'onRefusal'> & {
    readonly anonymous?: 'refuse' | 'allow' | AskedAs;
    readonly onRefusal?: AnsweredAs;
    /** The authenticator has a proof that has to be asked for: see {@link createProof}. */
    readonly proof?: true;
    /** The process has `TRUSTED_HEADER_PROBE` in its environment. */
    readonly probe?: true;
  };

/** What the application's \`onRefusal\` does: see {@link answerAs}. */
export type AnsweredAs = 'answers' | 'answers-later' | 'throws' | 'rejects' | 'tells-nothing';

/** What a function in the place of `anonymous` does: gives `allow`, a promise of it, nothing, or throws. */
export type AskedAs = 'asked-allows' | 'asked-promises' | 'asked-tells-nothing' | 'asked-throws';

/**
 * Somebody else at the server, who reads every request that he gets to see:
 *
 * - `logger`: a listener of `request` before the framework's, which only looks
 * - `checkContinue`: continues by itself, and hands the request over
 * - `checkExpectation`, `connect`: answers with 200
 * - `upgrade`: answers with 101; this and `connect` give back the bytes that came behind the request
 * - `dropRequest`: looks at what Node drops, as the server takes one request a connection only
 * - `polling`: takes all listeners of `request` off, as Engine.IO does, answers by itself what is about `polling` in any
 *   way, and calls the others for everything else
 */
export type Witness =
  | 'logger'
  | 'checkContinue'
  | 'checkExpectation'
  | 'connect'
  | 'upgrade'
  | 'dropRequest'
  | 'polling';

/**
 * A server that the target knows nothing of, with the same request listeners: one that listens by itself, or one to which
 * another server hands its connections.
 */
export type Entry = 'second-server' | 'second-hand';

/**
 * Where the server listens: 127.0.0.1, ::1, both families on one socket, a Unix socket; or 127.0.0.1 with TLS, where it asks for
 * client certificates and lets those in as well that it has not verified.
 */
export type Listener = 'ipv4' | 'ipv6' | 'dual' | 'unix' | 'tls';

/** Who connects. A Unix listener has peers without an address. */
export type Peer = '127.0.0.1' | '127.0.0.2' | '::1' | 'unix';

/** One connection and what goes over it, in order. */
export interface Conversation {
  readonly peer: Peer;
  readonly exchanges: readonly Exchange[];
  /** What the client shows to a `tls` listener. Absent: no certificate. */
  readonly certificate?: ClientCertificate;
  /** Writes all requests before it reads the first answer. */
  readonly pipelined?: boolean;
  /** The address in the decoy headers. Default: 127.0.0.2 from 127.0.0.1, and 127.0.0.1 from everybody else. */
  readonly decoy?: Peer;
}

/** A request, and what must come of it. */
export interface Exchange {
  /** What is in the list of the case from here on: it is put there, and the request sent once the log has told of it. */
  readonly list?: readonly string[];
  /** So many minutes pass before the request, by the clock that nobody sets. */
  readonly minutesLater?: number;
  readonly send: WireRequest;
  readonly expect: Expectation;
}

/** A request as it goes over the wire: one character a byte, nothing normalised. */
export interface WireRequest {
  /** Default `GET`. */
  readonly method?: string;
  /** Default `/whoami`. */
  readonly path?: string;
  /** Default `1.1`. */
  readonly version?: '1.0' | '1.1';
  /** Header lines behind `Host` and the decoys, without line ends. */
  readonly lines?: readonly string[];
  readonly body?: string;
  /** Sends the body in chunks, with these lines behind it. */
  readonly trailers?: readonly string[];
  /** Bytes right behind the request, before anybody has answered it. */
  readonly behind?: string;
}

/** What must come of a request. */
export type Expectation =
  | Handled
  | Upgraded
  | Witnessed
  | Problem
  | Answered
  | Redirected
  | NeverHandled
  | HungUp
  | Probed;

/** The handler ran once, and saw exactly this. */
export interface Handled {
  readonly kind: 'handled';
  readonly decision: Decision;
  /** The body, as the handler read it. */
  readonly body?: string;
  /** Names of headers or trailers that the handler must still be able to read. */
  readonly shows?: readonly string[];
}

/** The connection became a WebSocket, and whoever accepted it saw exactly this. */
export interface Upgraded {
  readonly kind: 'upgraded';
  readonly decision: Decision;
  /** Bytes that come right behind the handshake's answer. */
  readonly behind?: string;
}

/** The handler did not run, but a witness, who answered and saw exactly this. */
export interface Witnessed {
  readonly kind: 'witnessed';
  readonly by: Witness;
  readonly decision: Decision;
  /** Bytes that come right behind the answer. */
  readonly behind?: string;
}

/** The handler did not run; a person was sent to sign in (P6). */
export interface Redirected {
  readonly kind: 'redirected';
  readonly to: string;
}

/** The handler did not run; the client got this problem (D2). */
export interface Problem {
  readonly kind: 'problem';
  readonly status: 401 | 403 | 503;
  readonly code: string;
  readonly as?: 'html';
  /** The language that the page is in. */
  readonly language?: string;
  /** Where the page leads to, in its own order. */
  readonly links?: readonly string[];
  /** Or the server itself has refused it before anybody else could: Node 22 and later answer 431 to too many lines. */
  readonly or?: 431;
}

/** The handler did not run; the application's `onRefusal` answered, and was told exactly this. */
export interface Answered {
  readonly kind: 'answered';
  readonly status: 401 | 403 | 503;
  readonly code: string;
  readonly refusal: 'anonymous' | 'refused' | 'denied';
}

/** The handler did not run; whoever noticed first answered 4xx or 5xx (a parser, the framework, the adapter). */
export interface NeverHandled {
  readonly kind: 'never-handled';
}

/** The client resets the connection after the request. `mayRun`: the handler may have run by then. */
export interface HungUp {
  readonly kind: 'hung-up';
  readonly mayRun: boolean;
  /** Not before the proof is being asked for. */
  readonly whileAsked?: true;
}

/** The receiver answered the probe, and told it exactly this: no handler ran, and no observer has heard of it. */
export interface Probed {
  readonly kind: 'probed';
  readonly decision: ProbeDecision;
  readonly identity?: ProbeIdentity;
  readonly lines: readonly ProbeLine[];
  /** Default: none. */
  readonly trailers?: readonly ProbeLine[];
}
