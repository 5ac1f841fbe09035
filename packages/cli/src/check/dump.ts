import type { HeaderProfile } from '@trusted-header/core';
import type { LogLine } from './log-lines.js';

/** What was read of a file: header lines of a request, or what a log says, or both. */
export interface Dump {
  /** Name, value, name, value …; absent where it names no user. */
  readonly rawHeaders?: readonly string[];
  /** The TCP source address, where the file shows it. */
  readonly peer?: string;
  /** What this is, and what not, in words. */
  readonly read: string;
  /** What its log lines mean. */
  readonly lines?: readonly LogLine[];
}

/** How to read a file. */
export interface DumpOptions {
  readonly profile: HeaderProfile;
  /** Read the answer of an authorization server, even where the request claims somebody itself. */
  readonly answer?: boolean | undefined;
}
