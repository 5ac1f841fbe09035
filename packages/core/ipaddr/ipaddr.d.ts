import type library from 'ipaddr.js';

/** Gives ipaddr.js, which core asks for words about addresses, and for nothing that decides about a request. */
export function ipaddr(): typeof library;
