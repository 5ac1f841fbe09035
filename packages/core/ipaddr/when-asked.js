// For Node, where loading a CommonJS module costs every start 5 ms, and only few starts have something to say about an address.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export function ipaddr() {
  return require('ipaddr.js');
}
