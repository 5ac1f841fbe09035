import { Socket } from 'node:net';

/** How the runtime itself asks the kernel, taken before an application could replace it. */
const readAddress = getterOn(Socket.prototype, 'remoteAddress');
const readPort = getterOn(Socket.prototype, 'remotePort');

/** Bun's HTTP sockets are of a class that nobody can get at before there is one, and have a getter of their own. */
const isOnBun = 'bun' in process.versions;

/**
 * Gives the source address of a connection as the kernel has it, past what somebody in this process has defined on the
 * socket: wrappers for the PROXY protocol put there what a client wrote (T9). Also through the stand-ins for sockets of
 * HTTP/2. A stream that is no socket, which an application may hand to a server as a connection, has none.
 */
export function kernelPeer(socket: Socket): string | undefined {
  const read = isOnBun ? classGetter(socket, 'remoteAddress') : readAddress;
  const address = ask(socket, read);
  return typeof address === 'string' ? address : undefined;
}

/** Gives the source port of a connection in the same way. */
export function kernelPort(socket: Socket): number | undefined {
  const read = isOnBun ? classGetter(socket, 'remotePort') : readPort;
  const port = ask(socket, read);
  return typeof port === 'number' ? port : undefined;
}

type Getter = (() => unknown) | undefined;

/** The getter of sockets throws for what is none. */
function ask(socket: Socket, read: Getter): unknown {
  try {
    return read?.call(socket);
  } catch {
    return undefined;
  }
}

/** Past the socket's own properties: what its class has. */
function classGetter(socket: Socket, name: string): Getter {
  for (let each = Object.getPrototypeOf(socket); each; each = Object.getPrototypeOf(each)) {
    const read = getterOn(each, name);
    if (read) return read;
  }
  return undefined;
}

function getterOn(prototype: object, name: string): Getter {
  return Object.getOwnPropertyDescriptor(prototype, name)?.get;
}
