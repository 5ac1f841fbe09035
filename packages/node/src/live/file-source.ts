import { constants, watch } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { codeOf } from '../code-of.js';
import { oneAtATime } from './one-at-a-time.js';
import { LONGEST_LIST, readList } from './read-list.js';
import type { Source } from './source.js';

const POLL_MS = 30_000;
const SETTLE_MS = 100;

/**
 * Makes a source of a file. Its folder is watched, as Kubernetes swaps a link there and the file itself is deaf to that; and its content
 * is read every 30 s, whatever the watch says.
 *
 * What is new counts once it reads the same twice, 100 ms apart: somebody may be writing it. A file that is gone, empty or faulty
 * changes nothing.
 */
export function fileSource(name: string): Source {
  const path = name.slice('file:'.length);
  // On a mount that is dead it never comes back.
  const readWhole = oneAtATime(() => readBounded(path));
  let last: { readonly bytes: Buffer; readonly entries: readonly string[] } | undefined;
  return {
    name,
    isEdited: true,
    window: 'while it cannot be read, what it named last is believed without end',
    timing: {
      timeoutMs: 10_000,
      keepMs: Number.POSITIVE_INFINITY,
      retryMs: POLL_MS,
      mostRetryMs: POLL_MS,
      leastMs: SETTLE_MS,
    },
    async read(signal) {
      const bytes = await readSettled(readWhole, last?.bytes, signal);
      // The same entries, so that nobody compiles them again: a folder may be a busy one.
      if (bytes !== last?.bytes) last = { bytes, entries: readList(bytes) };
      return { entries: last.entries, nextMs: POLL_MS };
    },
    observe: (changed) => observeFolder(dirname(path), changed),
  };
}

async function readSettled(
  readWhole: () => Promise<Buffer>,
  known: Buffer | undefined,
  signal: AbortSignal,
): Promise<Buffer> {
  let bytes = await readWhole();
  if (known?.equals(bytes)) return known;
  for (;;) {
    await wait(SETTLE_MS, undefined, { signal });
    const again = await readWhole();
    if (again.equals(bytes)) return again;
    bytes = again;
  }
}

/** Opened once, so that all of it is of one file, wherever links lead a moment later. */
async function readBounded(path: string): Promise<Buffer> {
  // Without waiting for somebody to write into what may be a pipe.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(explain);
  try {
    const { size, mode } = await handle.stat();
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) throw new Error('is no file');
    if (size > LONGEST_LIST) throw new Error(`is longer than ${LONGEST_LIST} bytes`);
    // It may grow while it is read: then it is read again. Where the buffer is full, nothing more can be read.
    const buffer = Buffer.alloc(size + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length);
      length += bytesRead;
      if (bytesRead === 0) return buffer.subarray(0, length);
    }
  } finally {
    await handle.close();
  }
}

function explain(error: unknown): never {
  const code = codeOf(error);
  throw new Error(
    code === 'ENOENT' ? 'there is no such file' : `cannot be opened, ${code ?? error}`,
  );
}

/** Watches a folder, and the one that has taken its place: a watch of a folder that is gone hears nothing. */
function observeFolder(folder: string, changed: () => void): () => void {
  let close = begin();
  const timer = setInterval(() => {
    close();
    close = begin();
  }, POLL_MS).unref();
  return () => {
    clearInterval(timer);
    close();
  };

  function begin(): () => void {
    try {
      const watcher = watch(folder, { persistent: false }, changed);
      // It has closed itself then, and polling goes on without it.
      watcher.on('error', () => undefined);
      return () => watcher.close();
    } catch {
      return () => {};
    }
  }
}
