import type { Sight } from './login-target.js';

/** One promise of a session that follows the proxy, as data: who asks for what with which cookies, and what must come of it. */
export interface LoginCase {
  /** Stable name: `switch-clears-data`. */
  readonly id: string;
  /** Why the case exists: the attack, the rule of DESIGN.md, or the defect that somebody had. */
  readonly why: string;
  readonly options?: LoginCaseOptions;
  /** One after the other; those in a list of their own all at once. */
  readonly steps: readonly (LoginStep | readonly LoginStep[])[];
}

/** Cases that belong together: a column of the matrix. */
export interface LoginGroup {
  readonly title: string;
  readonly cases: readonly LoginCase[];
}

/** Default: requests of nobody pass, and end a session of ours. */
export interface LoginCaseOptions {
  readonly onMissing?: 'end' | 'keep';
  readonly anonymous?: 'refuse' | 'allow';
}

/** One request of a browser, which keeps its cookies and its connections from step to step. */
export interface LoginStep {
  /** Whose cookies and connections. Default `laptop`. */
  readonly browser?: string;
  /** Whom the proxy names; absent: nobody. */
  readonly as?: string;
  /** The proxy's groups header. Default `staff`, where somebody is named. */
  readonly groups?: string;
  /** `down` and `hang`: the application's database throws, or never answers, for this request. */
  readonly database?: 'down' | 'hang';
  /** Default `127.0.0.1`, the proxy. */
  readonly peer?: '127.0.0.1' | '127.0.0.2';
  /** Puts cookies that a step before has copied in the place of the browser's own. */
  readonly pastes?: string;
  /** Method and target: `POST /note?milk`. */
  readonly send: string;
  readonly expect: Sight | LoginRefusal;
  /** What is true in its place where the cookie is the session. */
  readonly stateless?: Sight;
  /** Copies the browser's cookies afterwards, under a name. */
  readonly copies?: string;
  /** The request must go over the connection of one before. */
  readonly sameConnection?: boolean;
}

/** The handler did not run; the client got this problem. */
export interface LoginRefusal {
  readonly status: 401 | 403 | 503;
  readonly code: string;
}
