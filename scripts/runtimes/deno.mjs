import { createApp } from './app.mjs';

const app = createApp((c) => c.env.remoteAddr.hostname);
Deno.serve(
  { port: 0, hostname: '127.0.0.1', onListen: ({ port }) => console.log(`listens on ${port}`) },
  (request, info) => app.fetch(request, info),
);
