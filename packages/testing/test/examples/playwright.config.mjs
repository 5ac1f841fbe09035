import { identityHeaders } from '@trusted-header/testing';

export default {
  use: {
    baseURL: 'http://127.0.0.1:3000',
    extraHTTPHeaders: identityHeaders({ user: 'alice', groups: ['admin'] }),
  },
  webServer: {
    command: 'node app.js',
    env: { PORT: '3000', TRUSTED_PROXIES: '127.0.0.1' },
    url: 'http://127.0.0.1:3000/healthz',
  },
};
