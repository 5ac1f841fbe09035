// For Node, where loading ipaddr.js costs every start 5 ms, and only few starts have something to say about an address. An ES module, since
// the first CommonJS file that is imported costs 2 ms as well.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export function ipaddr() {
  return require('ipaddr.js');
}
