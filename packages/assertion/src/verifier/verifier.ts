import type { Verdict } from '@trusted-header/core';
import type { AssertionProvider } from '../providers/provider.js';

/** Verifies tokens of one provider. */
export interface Verifier {
  readonly provider: AssertionProvider;
  /** Judges the text of a token. Never rejects. */
  verify(token: string): Promise<Verdict>;
  /**
   * Waits for the first answer with keys, and gives whether there are any; five seconds at most. Where keys come one by one (AWS), there is
   * nothing to wait for.
   */
  ready(): Promise<boolean>;
}
