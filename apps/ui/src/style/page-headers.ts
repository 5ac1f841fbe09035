import { createHash } from 'node:crypto';
import { stylesheet } from './stylesheet.js';

const styleHash = createHash('sha256').update(stylesheet).digest('base64');

/**
 * Response headers of every page. Pages that name a user are never cached, run no script, load nothing and stay out of
 * frames.
 */
export const pageHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;
