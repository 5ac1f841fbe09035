/**
 * Gives a module of Node's that most applications never need: TLS, HTTP/2, clusters and the like, which take longer to load than all of
 * this package. What decides about requests is imported, or taken when an application starts, or belongs to a connection that there is
 * only where the module is loaded already: no request waits for a module.
 *
 * Taken before an application could replace it. Bundlers need not know of it: what it gives is part of the runtime.
 */
export const getBuiltinModule: typeof process.getBuiltinModule = process.getBuiltinModule;
