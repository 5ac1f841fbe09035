import { compileLists } from './find-differences.js';
import { ipv4Lists } from './lists.js';

/** `pnpm test:every-ipv4` starts some of these, and gives each one block of a /16 after the other. */
const findDifferences = compileLists(ipv4Lists);
process.on('message', (slice) => {
  process.send?.({ slice, differences: findDifferences(Number(slice)) });
});
process.on('disconnect', () => process.exit());
