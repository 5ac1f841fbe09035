// For who resolves as neither Node nor a bundler does. That is also what traces the files of a deployment (@vercel/nft by itself), which
// has to take along the file that Node will ask for.
export { ipaddr } from './at-once.js';

/** Never called: it names that file. */
export function inNode() {
  return new URL('when-asked.js', import.meta.url);
}
