import { createApp } from './app.mjs';

// The runtime tells no source address but in a header, and a header is no address.
export default createApp(() => undefined);
