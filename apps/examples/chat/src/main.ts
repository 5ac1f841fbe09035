import { createChat } from './app.js';

const { TRUSTED_PROXIES, SESSION_SECRET = '', IDLE_SECONDS = '60' } = process.env;
const { HOST = '127.0.0.1', PORT = '3000' } = process.env;
if (SESSION_SECRET.length < 32) {
  console.error('SESSION_SECRET needs 32 characters or more: openssl rand -hex 32');
  process.exit(1);
}
const server = createChat({
  trustedProxies: TRUSTED_PROXIES,
  sessionSecret: SESSION_SECRET,
  idleMs: Number(IDLE_SECONDS) * 1_000,
});
server.listen(Number(PORT), HOST, () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : PORT;
  console.log(`listens on http://${HOST}:${port}`);
});
