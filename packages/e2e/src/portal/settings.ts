/** `server.buffers.read`: Authelia's 4096 bytes are too few for a request head with large cookies, and are raised. */
export const READ_BUFFER_BYTES = 16_384;

/** Whose pages need no sign-in. */
export const BYPASS_PREFIX = '/public';
