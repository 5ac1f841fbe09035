import type { AppData } from '../open-data.js';

/** What is used of a WebSocket, whosever it is. */
export interface LiveSocket {
  send(text: string): void;
  close(code: number, reason: string): void;
}

/** Who has opened a socket. */
export interface LiveMember {
  /** The user's, as the proxy names them. */
  readonly name: string;
  /** Asks whether the session in which the socket was opened still belongs to them. */
  isSignedIn(): Promise<boolean>;
}

/** The page of who is there. */
export interface Live {
  /** Tells a socket who is there, about once a second, until its session is over. Gives what to call when it closes. */
  join(socket: LiveSocket, member: LiveMember): () => void;
  close(): void;
}

/** Close codes of ours: the user of the socket has signed out, or somebody else has signed in. */
export const SESSION_OVER = 4001;
/** RFC 6455's "try again later": nobody knows whether the session is over. */
export const TRY_AGAIN_LATER = 1013;

/**
 * Makes the page of who is there, also at other instances of the app: it is told by what the users' rows say.
 *
 * A socket lives longer than the request that opened it, and no header comes after that. So its session is asked for, again and
 * again: who signs out, or is switched, at whichever instance, loses the socket within a second.
 */
export function createLive({ users }: Pick<AppData, 'users'>, everyMs = 1_000): Live {
  const members = new Map<LiveSocket, LiveMember>();
  let timer: NodeJS.Timeout | undefined;
  return {
    join(socket, member) {
      members.set(socket, member);
      timer ??= setTimeout(tick, 0);
      return () => members.delete(socket);
    },
    close() {
      clearTimeout(timer);
      for (const socket of members.keys()) socket.close(1001, 'the app stops');
      members.clear();
    },
  };

  async function tick(): Promise<void> {
    // Who joins meanwhile has not been asked for, and is told nothing yet.
    const asked = [...members];
    await Promise.all(asked.map(([socket, member]) => end(socket, member)));
    await tell(asked.filter(([socket]) => members.has(socket))).catch(() => undefined);
    timer = members.size > 0 ? setTimeout(tick, everyMs) : undefined;
  }

  async function end(socket: LiveSocket, member: LiveMember): Promise<void> {
    const isSignedIn = await member.isSignedIn().catch(() => undefined);
    if (isSignedIn) return;
    members.delete(socket);
    if (isSignedIn === false) socket.close(SESSION_OVER, 'signed out, or somebody else signed in');
    else socket.close(TRY_AGAIN_LATER, 'the sessions do not answer');
  }

  async function tell(signedIn: readonly (readonly [LiveSocket, LiveMember])[]): Promise<void> {
    if (signedIn.length === 0) return;
    await users.touch([...new Set(signedIn.map(([, { name }]) => name))]);
    const there = await users.seenSince(new Date(Date.now() - 3 * everyMs));
    const text = JSON.stringify(there.map(({ name, displayName }) => displayName ?? name));
    for (const [socket] of signedIn) if (members.has(socket)) socket.send(text);
  }
}
