import type { Socket } from 'node:net';
import { createSlot } from '@trusted-header/core';
import { acceptedKey, acceptedPrefix, openedKey } from './connection-key.js';
import { createRecentKeys } from './recent-keys.js';

/** Finds connections both ends of which are in this process. */
export interface ConnectionMatcher {
  /** Our end of a connection is connected. */
  opened(socket: Socket): void;
  /** A server of this process has accepted a connection. */
  accepted(socket: Socket): void;
  /** Tells whether an accepted connection was opened by this process. */
  isOwn(accepted: Socket): boolean;
}

interface Ends {
  /** The end that we opened. Null: it has closed, and the other end is still there. */
  ours: Socket | null | undefined;
  /** The end that a server of ours accepted. */
  theirs: Socket | undefined;
}

/**
 * Matches the ends that this process opens with those that it accepts, by the addresses and ports of both.
 *
 * Either may come first: Node tells of an accepted connection before it tells the client that it is connected, and a
 * client may write and be gone before a busy server accepts. So what closes without having been accepted is remembered for
 * a few seconds, for the first who is accepted with its key. What was accepted is remembered while either end is there, and
 * no longer counts once somebody else is accepted with the same key: another process that gets the port later is not us.
 *
 * @param now Milliseconds of a clock that nobody can set back.
 */
export function createConnectionMatcher(now?: () => number): ConnectionMatcher {
  const known = new Map<string, Ends>();
  // A socket whose listeners somebody has removed does not tell that it closes.
  const recent = createRecentKeys<'not accepted' | 'over'>(() => known.forEach(settle), now);
  /**
   * Whether an accepted connection is our own: it stays so when it is gone, and with it its addresses; and one that was not when
   * something had come over it does not become so, since our end is connected before it can write.
   */
  const verdicts = createSlot<boolean>();
  let hasOpened = false;

  /** Forgets an end that is gone. */
  function settle(ends: Ends, key: string): void {
    if (ends.theirs?.destroyed) {
      known.delete(key);
      if (ends.ours !== undefined) recent.set(key, 'over');
    } else if (ends.ours?.destroyed && ends.theirs) {
      ends.ours = null;
    } else if (ends.ours?.destroyed) {
      known.delete(key);
      recent.set(key, 'not accepted');
    }
  }

  /** Gives what is known of a connection that is still there. */
  function find(key: string): Ends | undefined {
    const ends = known.get(key);
    if (ends) settle(ends, key);
    return known.get(key);
  }

  function keep(key: string, ends: Ends, socket: Socket): void {
    known.set(key, ends);
    recent.delete(key);
    if (ends.ours !== undefined && ends.theirs) verdicts.set(ends.theirs, true);
    socket.once('close', () => find(key));
  }

  /** Node forgets the addresses of a connection that is gone, but for those that somebody has read before. */
  function wasOwn(accepted: Socket): boolean {
    const prefix = acceptedPrefix(accepted);
    if (prefix === undefined) return false;
    for (const [key, ends] of known) {
      if (ends.ours !== undefined && key.startsWith(prefix)) return true;
    }
    for (const [key] of recent.entries()) if (key.startsWith(prefix)) return true;
    return false;
  }

  return {
    opened(socket) {
      hasOpened = true;
      const key = openedKey(socket);
      if (key === undefined) return;
      const earlier = find(key);
      if (earlier?.ours === socket) return;
      const ends: Ends = { ours: socket, theirs: undefined };
      if (earlier?.ours === undefined) ends.theirs = earlier?.theirs;
      keep(key, ends, socket);
    },

    accepted(socket) {
      const key = acceptedKey(socket);
      if (key === undefined) return;
      const earlier = find(key);
      const isLate = recent.get(key) === 'not accepted';
      const ends: Ends = { ours: isLate ? null : undefined, theirs: socket };
      if (earlier?.ours && !earlier.theirs) ends.ours = earlier.ours;
      keep(key, ends, socket);
    },

    isOwn(accepted) {
      if (!hasOpened) return false;
      const earlier = verdicts.get(accepted);
      if (earlier !== undefined) return earlier;
      const isOwn = judge(accepted);
      if (isOwn || accepted.bytesRead > 0) verdicts.set(accepted, isOwn);
      return isOwn;
    },
  };

  function judge(accepted: Socket): boolean {
    const key = acceptedKey(accepted);
    if (key === undefined) return wasOwn(accepted);
    const ends = find(key);
    return ends ? ends.ours !== undefined : recent.get(key) !== undefined;
  }
}
