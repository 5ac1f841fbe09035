// What refusals say to the operator beside their reason. Nothing is decided by it.

/** The address of a connection is not the one that the kernel gave (T9). */
export const REDEFINED_PEER =
  'remoteAddress has been redefined in this process, as wrappers for the PROXY protocol do, and may be what a client wrote; let the proxy connect to this server itself';

/** A stranger that a test has named. */
export const NAMED_BY_TEST = 'named by asUser of a test';

/** A Unix socket that is not in the list, and whose path cannot be shown. */
export const SOME_SOCKET = 'unix: and its path';

/** Facts that are none. */
export const NO_HEADER_LINES = 'rawHeaders is no list of names and values';
