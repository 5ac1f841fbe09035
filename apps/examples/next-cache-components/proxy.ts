import { trustedHeaderProxy } from '@trusted-header/nextjs';
import { moderators } from './lib/moderators';

/** Answers 401, and a true 403 before anything is rendered. Pages and actions ask again: they are the boundary. */
export const proxy = trustedHeaderProxy({ policies: { '/admin/*': moderators } });
