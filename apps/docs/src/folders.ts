import { join } from 'node:path';
import type { Folders } from './generate-site.js';

const DOCS = join(import.meta.dirname, '..');

/** Where the site is, from `src` as from `dist`. */
export const FOLDERS: Folders = {
  root: join(DOCS, '../..'),
  pages: join(DOCS, 'pages'),
  generated: join(DOCS, 'pages/generated'),
};
