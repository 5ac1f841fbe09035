import { trustedHeaderProxy } from '@trusted-header/nextjs';
import { followSession } from './lib/login';

/** Answers who is not let in, and keeps the session that of whom the proxy names. */
export const proxy = trustedHeaderProxy(followSession());
