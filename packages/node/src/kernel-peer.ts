import { Socket } from 'node:net';

/** How Node itself asks the kernel, taken before an application could replace it. */
const readAddress = Object.getOwnPropertyDescriptor(Socket.prototype, 'remoteAddress')?.get;

/**
 * Gives the source address of a connection as the kernel has it, past what somebody in this process has defined on the
 * socket: wrappers for the PROXY protocol put there what a client wrote (T9). Also through the stand-ins for sockets of
 * HTTP/2.
 */
export function kernelPeer(socket: Socket): string | undefined {
  return readAddress ? readAddress.call(socket) : socket.remoteAddress;
}
