import { createHash } from 'node:crypto';
import { liveScript } from '../pages/live-script.js';
import { stylesheet } from './stylesheet.js';

/**
 * Response headers of every page. Pages that name a user are never cached, run no script, load nothing, post to nobody else, and
 * stay out of frames.
 */
export const pageHeaders = headersWith([]);

/** Those of the page of who is there, which runs one script and asks its own server. */
export const livePageHeaders = headersWith([
  `script-src '${hashOf(liveScript)}'`,
  "connect-src 'self'",
]);

function headersWith(more: readonly string[]) {
  return {
    'cache-control': 'no-store',
    'content-security-policy': [
      "default-src 'none'",
      `style-src '${hashOf(stylesheet)}'`,
      ...more,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  } as const;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
