// The authorization server, on the proxy's machine: it listens on loopback only, and so do its clients.
import { startDev } from '@trusted-header/dev';
import { PORTAL_PORT } from '../world/constants.js';
import { BYPASS_PREFIX, READ_BUFFER_BYTES } from './settings.js';
import { PASSWORD, USERS } from './users.js';

await startDev({
  users: Object.values(USERS).map((user) => ({ ...user, password: PASSWORD })),
  portalPort: PORTAL_PORT,
  bypass: [BYPASS_PREFIX],
  readBufferBytes: READ_BUFFER_BYTES,
  upstreams: [
    { target: 'http://127.0.0.1:1', port: 0, name: 'none: the proxies ask for themselves' },
  ],
});
console.log('the portal listens');
