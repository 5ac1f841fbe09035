import { Socket } from 'node:net';

/** How the runtime itself asks the kernel, taken before an application could replace it. */
const readAddress = getterOn(Socket.prototype);

/** Bun's HTTP sockets are of a class that nobody can get at before there is one, and have a getter of their own. */
const isOnBun = 'bun' in process.versions;

/**
 * Gives the source address of a connection as the kernel has it, past what somebody in this process has defined on the
 * socket: wrappers for the PROXY protocol put there what a client wrote (T9). Also through the stand-ins for sockets of
 * HTTP/2.
 */
export function kernelPeer(socket: Socket): string | undefined {
  const read = isOnBun ? classGetter(socket) : readAddress;
  return read ? read.call(socket) : undefined;
}

/** Past the socket's own properties: what its class has. */
function classGetter(socket: Socket): (() => string | undefined) | undefined {
  for (let each = Object.getPrototypeOf(socket); each; each = Object.getPrototypeOf(each)) {
    const read = getterOn(each);
    if (read) return read;
  }
  return undefined;
}

function getterOn(prototype: object): (() => string | undefined) | undefined {
  return Object.getOwnPropertyDescriptor(prototype, 'remoteAddress')?.get;
}
