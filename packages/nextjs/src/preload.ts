import { watchRequests } from './watch-requests.js';

// `node --import @trusted-header/nextjs/preload`: Next listens before it runs instrumentation.ts, and what arrives in
// between must not be missed (N4).
watchRequests();
