import { once } from 'node:events';
import { Socket } from 'node:net';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type ConnectionMatcher, createConnectionMatcher } from '../src/match-connections.js';

const CLIENT = ['127.0.0.1', 40_000] as const;
const SERVER = ['127.0.0.1', 3_000] as const;

type Place = readonly [string | undefined, number | undefined];

/** A socket that says that it is connected so. */
function socket([localAddress, localPort]: Place, [remoteAddress, remotePort]: Place): Socket {
  const at = { localAddress, localPort, remoteAddress, remotePort };
  const properties = Object.entries(at).map(([name, value]) => [name, { value }]);
  return Object.defineProperties(new Socket(), Object.fromEntries(properties));
}

const ourEnd = () => socket(CLIENT, SERVER);
const acceptedEnd = () => socket(SERVER, CLIENT);

async function close(end: Socket): Promise<void> {
  end.destroy();
  await once(end, 'close');
}

let matcher: ConnectionMatcher;
let time: number;
beforeEach(() => {
  time = 0;
  matcher = createConnectionMatcher(() => time);
});

/** Both ends, of which the accepted one is told of first, as Node does. */
function connection(): { readonly ours: Socket; readonly theirs: Socket } {
  const [ours, theirs] = [ourEnd(), acceptedEnd()];
  matcher.accepted(theirs);
  matcher.opened(ours);
  return { ours, theirs };
}

/** A connection of ours to somebody else: before the first, nobody is asked about. */
function openedElsewhere(): void {
  matcher.opened(socket(['127.0.0.1', 50_000], ['127.0.0.9', 80]));
}

/** What another process that connects from the port of ours is taken for. */
function nextWithThePort(): boolean {
  const accepted = acceptedEnd();
  matcher.accepted(accepted);
  return matcher.isOwn(accepted);
}

describe('two ends of one connection', () => {
  it('are matched whichever comes first', () => {
    expect(matcher.isOwn(connection().theirs)).toBe(true);
  });

  it('are matched when the accepted one comes last', () => {
    const theirs = acceptedEnd();
    matcher.opened(ourEnd());
    matcher.accepted(theirs);
    expect(matcher.isOwn(theirs)).toBe(true);
  });

  it('are matched when the client has left before a busy server accepts, once', async () => {
    const [ours, theirs] = [ourEnd(), acceptedEnd()];
    matcher.opened(ours);
    await close(ours);
    time = 9_000;
    matcher.accepted(theirs);
    expect(matcher.isOwn(theirs)).toBe(true);
    await close(theirs);
    expect(nextWithThePort()).toBe(false);
  });

  it('are matched where nobody tells what is accepted', () => {
    matcher.opened(ourEnd());
    expect(matcher.isOwn(acceptedEnd())).toBe(true);
  });

  it('are matched when a dual-stack listener prints a mapped address', () => {
    const theirs = socket(['::ffff:127.0.0.1', 3_000], ['::ffff:127.0.0.1', 40_000]);
    matcher.accepted(theirs);
    matcher.opened(ourEnd());
    expect(matcher.isOwn(theirs)).toBe(true);
  });

  it('stay matched for a TLS or HTTP/2 socket over the accepted one', async () => {
    const { ours } = connection();
    await close(ours);
    time = 60_000;
    expect(matcher.isOwn(acceptedEnd())).toBe(true);
  });

  it('stay matched when both are gone, and the port is another’s', async () => {
    const { ours, theirs } = connection();
    await Promise.all([close(ours), close(theirs)]);
    expect([nextWithThePort(), matcher.isOwn(theirs)]).toEqual([false, true]);
  });

  it('stay matched for a TLS socket that is asked about when both are gone', async () => {
    const { ours, theirs } = connection();
    await Promise.all([close(ours), close(theirs)]);
    expect(matcher.isOwn(acceptedEnd())).toBe(true);
  });

  it('stay matched for a TLS socket that was asked about, when both are gone and the port is another’s', async () => {
    const { ours, theirs } = connection();
    const over = acceptedEnd();
    expect(matcher.isOwn(over)).toBe(true);
    await Promise.all([close(ours), close(theirs)]);
    expect([nextWithThePort(), matcher.isOwn(over)]).toEqual([false, true]);
  });

  it('are matched for a TLS socket that was asked about before our end told that it is connected', () => {
    const [theirs, over] = [acceptedEnd(), acceptedEnd()];
    openedElsewhere();
    matcher.accepted(theirs);
    expect(matcher.isOwn(over)).toBe(false);
    matcher.opened(ourEnd());
    expect(matcher.isOwn(over)).toBe(true);
  });

  it('are matched again, though nobody has told the server that the connection before is over', async () => {
    await close(connection().ours);
    const theirsAgain = acceptedEnd();
    matcher.opened(ourEnd());
    matcher.accepted(theirsAgain);
    expect(matcher.isOwn(theirsAgain)).toBe(true);
  });

  it('are matched again when a socket connects once more', async () => {
    const { ours, theirs } = connection();
    await Promise.all([close(ours), close(theirs)]);
    const [again, theirsAgain] = [ourEnd(), acceptedEnd()];
    matcher.accepted(theirsAgain);
    matcher.opened(again);
    matcher.opened(again);
    expect(matcher.isOwn(theirsAgain)).toBe(true);
  });
});

describe('somebody else', () => {
  it.each<[string, Place, Place]>([
    ['another port', SERVER, ['127.0.0.1', 40_001]],
    ['another address', SERVER, ['127.0.0.2', 40_000]],
    ['another server', ['127.0.0.1', 3_001], CLIENT],
    ['another address of the server', ['127.0.0.2', 3_000], CLIENT],
  ])('is not matched: %s', (_, local, remote) => {
    matcher.opened(ourEnd());
    const accepted = socket(local, remote);
    matcher.accepted(accepted);
    expect(matcher.isOwn(accepted)).toBe(false);
  });

  it.each<[string, Place, Place]>([
    ['without an own address and port', [undefined, undefined], SERVER],
    ['without an own address', [undefined, 40_000], SERVER],
    ['without an own port', ['127.0.0.1', undefined], SERVER],
    ['while still connecting', CLIENT, [undefined, undefined]],
    ['without the other’s address', CLIENT, [undefined, 3_000]],
    ['without the other’s port', CLIENT, ['127.0.0.1', undefined]],
  ])('is never matched by a key with an undefined part: %s', (_, local, remote) => {
    matcher.opened(socket(local, remote));
    const accepted = socket(remote, local);
    matcher.accepted(accepted);
    expect(matcher.isOwn(accepted)).toBe(false);
  });

  it('is not matched who gets the port after an ordinary request of ours', async () => {
    const { ours, theirs } = connection();
    await Promise.all([close(ours), close(theirs)]);
    expect(nextWithThePort()).toBe(false);
  });

  it('is not matched who had the port before a connection of ours', async () => {
    openedElsewhere();
    const before = Object.defineProperty(acceptedEnd(), 'bytesRead', { value: 1 });
    matcher.accepted(before);
    expect(matcher.isOwn(before)).toBe(false);
    await close(before);
    expect([matcher.isOwn(connection().theirs), matcher.isOwn(before)]).toEqual([true, false]);
  });

  it('is not matched who gets the port, and is gone before somebody asks', async () => {
    const { ours, theirs } = connection();
    await Promise.all([close(ours), close(theirs)]);
    const accepted = acceptedEnd();
    matcher.accepted(accepted);
    await close(accepted);
    expect(matcher.isOwn(accepted)).toBe(false);
  });

  it('is not matched who gets the port of a socket that was told of twice', async () => {
    const { ours, theirs } = connection();
    matcher.opened(ours);
    await Promise.all([close(theirs), close(ours)]);
    expect(nextWithThePort()).toBe(false);
  });

  it('is not matched who gets the port when the server was the first to close', async () => {
    const { ours, theirs } = connection();
    await close(theirs);
    await close(ours);
    expect(nextWithThePort()).toBe(false);
  });

  it('is not matched who gets the port when all listeners of the sockets were removed', () => {
    const { ours, theirs } = connection();
    for (const end of [ours, theirs]) end.removeAllListeners().destroy();
    expect(nextWithThePort()).toBe(false);
  });

  it('is not matched who gets the port some seconds after a connection to another process', async () => {
    const ours = ourEnd();
    matcher.opened(ours);
    await close(ours);
    time = 10_000;
    expect(nextWithThePort()).toBe(false);
  });

  it('is not matched after a generation, when all listeners of our end were removed', () => {
    const ours = ourEnd();
    matcher.opened(ours);
    ours.removeAllListeners().destroy();
    for (time = 0; time < 20_000; time += 2_500) matcher.accepted(socket(SERVER, ['127.0.0.1', 5]));
    expect(nextWithThePort()).toBe(false);
  });
});

describe('a connection that is gone, of which only the peer is known', () => {
  const gone = (port = 40_000) => socket([undefined, undefined], ['127.0.0.1', port]);

  it('is our own while something is known of such a peer', async () => {
    const { theirs } = connection();
    expect([matcher.isOwn(gone()), matcher.isOwn(gone(4_000))]).toEqual([true, false]);
    await close(theirs);
    expect([matcher.isOwn(gone()), matcher.isOwn(gone(4_000))]).toEqual([true, false]);
  });

  it('is not our own when its peer is another process', () => {
    openedElsewhere();
    matcher.accepted(acceptedEnd());
    expect(matcher.isOwn(gone())).toBe(false);
  });

  it('is nobody’s some seconds later', async () => {
    const { ours, theirs } = connection();
    await Promise.all([close(ours), close(theirs)]);
    time = 20_000;
    expect(matcher.isOwn(gone())).toBe(false);
  });

  it.each<Place>([
    [undefined, undefined],
    [undefined, 40_000],
    ['127.0.0.1', undefined],
  ])('is nobody’s when not even the peer is known: %s %s', (...peer) => {
    connection();
    expect(matcher.isOwn(socket([undefined, undefined], peer))).toBe(false);
  });
});
