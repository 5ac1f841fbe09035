import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SiteConfig } from 'vitepress';
import { titled } from '../dist/generate/front-matter.js';
import { withIncludes } from '../dist/generate/includes.js';
import { type LlmsPage, llmsText } from '../dist/generate/llms.js';

/** Writes each page as Markdown beside it, and `llms.txt` with a list of them. */
export function writeForPrograms({ pages, srcDir, outDir, rewrites }: SiteConfig): void {
  const list = pages.map((source): LlmsPage => {
    const path = rewrites.map[source] ?? source;
    const { title, description, content } = titled(withIncludes(join(srcDir, source)));
    const file = join(outDir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    const [folder = ''] = path.split('/');
    return { url: `/${path}`, title, description, section: path.includes('/') ? folder : '' };
  });
  writeFileSync(join(outDir, 'llms.txt'), llmsText(list));
}
