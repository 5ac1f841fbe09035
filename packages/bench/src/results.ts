/** Everything that one run has measured. Times are nanoseconds for one operation, unless a name says otherwise. */
export interface Results {
  readonly machine: Machine;
  /** `--quick` measures too briefly for figures to be quoted. */
  readonly quick: boolean;
  readonly trust?: TrustResults;
  readonly decision?: readonly DecisionRow[];
  readonly assertion?: readonly AssertionRow[];
  readonly frameworks?: readonly FrameworkRow[];
  readonly sizes?: SizeResults;
}

/** Where it ran. */
export interface Machine {
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
}

/** Whose peer is asked for: the same one again and again, or another one each time. */
export type Peers = 'repeated hit' | 'repeated miss' | 'random hit' | 'random miss';

export interface TrustResults {
  readonly rows: readonly TrustRow[];
  readonly compile: readonly CompileRow[];
  /** What was asked for: random addresses, and texts that are no addresses to a strict reader. */
  readonly questions: number;
  readonly wrong: readonly WrongRow[];
}

/** One check. */
export interface TrustRow {
  readonly name: string;
  readonly prefixes: number;
  readonly peers: Peers;
  /** Undefined where it takes too long to be measured. */
  readonly ns: number | undefined;
  readonly bytes: number | undefined;
}

/** What a list costs before the first request. */
export interface CompileRow {
  readonly name: string;
  readonly prefixes: number;
  readonly ms: number;
  /** Undefined for short lists. */
  readonly bytesPerPrefix: number | undefined;
}

/** Answers that differ from those of a slow reader of the rules. */
export interface WrongRow {
  readonly name: string;
  /** A trusted address that it does not know. */
  readonly missed: number;
  /** A text that it lets in, and should not. The first few of them. */
  readonly wronglyTrusted: number;
  readonly examples: readonly string[];
}

/** One decision about a request. */
export interface DecisionRow {
  readonly name: string;
  readonly ns: number;
  readonly bytes: number | undefined;
}

/** One decision about a request with a signed token, or one verification; each waited for. */
export interface AssertionRow {
  readonly name: string;
  readonly ns: number;
}

/** Processor time for one request, of the whole process. */
export interface FrameworkRow {
  readonly framework: string;
  readonly variant:
    | 'bare'
    | 'bare again'
    | 'no-op middleware'
    | 'by hand'
    | 'trusted-header'
    | 'session library'
    | 'trusted-header, session, signIn';
  readonly us: number;
}

export interface SizeResults {
  readonly packages: readonly SizeRow[];
  /** Bytes of core by what an application takes of it. */
  readonly core: Readonly<Record<string, number>>;
  /** What core is made of: minified bytes by folder of its sources. */
  readonly parts: readonly PartRow[];
  /** What core's import consists of. */
  readonly imports: readonly ImportRow[];
}

export interface PartRow {
  readonly name: string;
  readonly bytes: number;
  /** Of these, the sentences of errors, log lines and answers. */
  readonly sentences: number;
}

export interface ImportRow {
  readonly name: string;
  /** Milliseconds of processor time above an empty module. */
  readonly ms: number;
}

/** What a package weighs. */
export interface SizeRow {
  readonly name: string;
  /** Bundled, minified and gzipped, without its dependencies. */
  readonly bytes: number;
  /** The same with them, where it has any but peers and packages of this repository. */
  readonly bytesWithDependencies: number;
  /** Milliseconds of processor time above an empty module, where `node:http` and its framework are loaded already. */
  readonly importMs: number;
  /** Packages that come with it, transitively, without those of this repository. */
  readonly dependencies: number;
}
