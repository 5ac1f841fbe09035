/** A known bug, as data. */
export interface Mutant {
  readonly id: string;
  /** What the bug is. */
  readonly why: string;
  /** The file below `packages/`. One in node is tried under every adapter, one in core under one. */
  readonly file: string;
  /** Text that is in the file exactly once, and what stands there instead. */
  readonly edits: readonly (readonly [find: string, replace: string])[];
  /** The case that must fail, whichever others do. */
  readonly caughtBy: string;
}
