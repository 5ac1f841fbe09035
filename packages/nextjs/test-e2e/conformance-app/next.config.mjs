import { createRequire } from 'node:module';

const { version } = createRequire(import.meta.url)('next/package.json');

/** As `create-next-app` writes it for 16.4; Next 15 has no such settings. */
export default version.startsWith('15.') ? {} : { cacheComponents: true, partialPrefetching: true };
