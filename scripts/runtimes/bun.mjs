import { createApp } from './app.mjs';

const app = createApp((c) => c.env.requestIP(c.req.raw)?.address);
const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch: (request, bun) => app.fetch(request, bun),
});
console.log(`listens on ${server.port}`);
