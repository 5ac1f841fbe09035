/** A known bug, as data. */
export interface Mutant {
  readonly id: string;
  /** What the bug is. */
  readonly why: string;
  /** The file below `packages/`. One in node is tried under two adapters, one in core or login under one. */
  readonly file: string;
  /** Text that is in the file exactly once, and what stands there instead. */
  readonly edits: readonly (readonly [find: string, replace: string])[];
  /** Under which adapter a file in login is tried. Default `express`. */
  readonly under?: 'fastify';
  /** Which cases catch it. Default `conformance`. */
  readonly suite?: 'login';
  /** The case that must fail, whichever others do. */
  readonly caughtBy: string;
}
