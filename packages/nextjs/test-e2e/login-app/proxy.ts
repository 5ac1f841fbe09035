import { trustedHeaderProxy } from '@trusted-header/nextjs';
import { followSession } from './lib/login';

export const proxy = trustedHeaderProxy(followSession());

export const config = { matcher: ['/((?!unmatched).*)'] };
