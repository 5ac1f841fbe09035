/** What is wrong with an entry, and what to write instead. */
export interface EntryFault {
  readonly problem: string;
  readonly instead: string;
}

/** Explains one kind of mistake; undefined for a text that does not have it. */
export type Explanation = (text: string) => EntryFault | undefined;
