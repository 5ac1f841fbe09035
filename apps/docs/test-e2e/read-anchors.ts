import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Reads the pages of a site, and finds the links to a part of a page that is not there: `from: path#id`. The playground's
 * fragments are input, and name no part.
 */
export function readAnchors(folder: string): {
  readonly pages: number;
  readonly dead: readonly string[];
} {
  const pages = new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.html'))
      .map((name) => [`/${name}`, readFileSync(join(folder, name), 'utf8')]),
  );
  const dead = [...pages].flatMap(([from, html]) =>
    [...html.matchAll(/<a [^>]*?href="([^":]*)#([^"]+)"/g)].flatMap(([, path = '', id = '']) => {
      if (path === '/playground.html') return [];
      const target = pages.get(path === '' ? from : path.replace(/\/$/, '/index.html'));
      return target?.includes(`id="${decodeURIComponent(id)}"`) ? [] : [`${from}: ${path}#${id}`];
    }),
  );
  return { pages: pages.size, dead };
}
