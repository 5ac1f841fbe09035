import { join } from 'node:path';
import { build, createServer } from 'vitepress';
import { FOLDERS } from './folders.js';
import { generateSite } from './generate-site.js';

/** `node dist/main.js` shows the site on this machine, `node dist/main.js build` makes its files. */
const DOCS = join(FOLDERS.pages, '..');
const isBuild = process.argv.includes('build');
const pages = generateSite(FOLDERS);
console.log(`${pages.length} pages and parts of pages made`);
if (isBuild) {
  await build(DOCS);
} else {
  const server = await createServer(DOCS, { host: '127.0.0.1', port: 5173 });
  await server.listen();
  const [url = ''] = server.resolvedUrls?.local ?? [];
  console.log(`The documentation is at ${url} (Ctrl-C ends it)`);
}
