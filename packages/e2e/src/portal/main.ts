// The authorization server, on the proxy's machine: it listens on loopback only, and so do its clients.
import { startDev } from '@trusted-header/dev';
import { USERS } from './users.js';

await startDev({
  users: Object.values(USERS),
  portalPort: 9091,
  bypass: ['/public'],
  upstreams: [
    { target: 'http://127.0.0.1:1', port: 0, name: 'none: the proxies ask for themselves' },
  ],
});
console.log('the portal listens');
