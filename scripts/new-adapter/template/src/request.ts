import type { IncomingMessage } from 'node:http';
import type { Decision, Identity } from '@trusted-header/core';

/** What `trustedHeader` puts on every request that it lets through. */
export interface DecidedRequest extends IncomingMessage {
  /** Who is asking; undefined where `anonymous: 'allow'` let nobody in. */
  identity?: Identity | undefined;
  /** How that was decided. */
  decision?: Decision;
}
