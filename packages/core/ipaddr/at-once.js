// For bundlers, and for runtimes of which nothing is known: the library is there when core is.
import library from 'ipaddr.js';

export function ipaddr() {
  return library;
}
