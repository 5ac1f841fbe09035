import { dnsSource } from './dns-source.js';
import { fileSource } from './file-source.js';
import { httpsSource } from './https-source.js';
import type { Source } from './source.js';
import type { WatchOptions } from './watch-options.js';

/** Makes the source of that name, which is in its one spelling. */
export function sourceOf(name: string, { dns, https }: WatchOptions): Source {
  if (name.startsWith('dns:')) return dnsSource(name, dns);
  return name.startsWith('file:') ? fileSource(name) : httpsSource(name, https);
}
