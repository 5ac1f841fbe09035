import type { ServerHttp2Stream } from 'node:http2';
import type { Readable } from 'node:stream';
import type { NodeRequest } from './node-request.js';
import { trailersAsTheyCame } from './strip-trailers.js';

/** A body that is read only for what comes behind it: no more of it, and for no longer. */
const MOST_BYTES = 64 * 1024;
const PATIENCE_MS = 3_000;

/** What came behind a body. */
export interface ReadTrailers {
  /** Names and values in turn, as they came. */
  readonly lines: readonly string[];
  /** False where the body was too long or too slow, and is still coming. */
  readonly isWhole: boolean;
}

/**
 * Reads what is left of a request, forgets it, and gives the trailers behind it. Reads 64 KiB and waits three seconds at most.
 */
export async function readTrailers(req: NodeRequest): Promise<ReadTrailers> {
  // What gets the connection itself has no end.
  const hasEnd = req.method !== 'CONNECT' && Reflect.get(req, 'upgrade') !== true;
  const isWhole = hasEnd && (await isReadToEnd(req));
  return { lines: isWhole ? trailersAsTheyCame(req) : [], isWhole };
}

/** The same for an HTTP/2 request of which there is only the stream. */
export async function readTrailersOfStream(stream: ServerHttp2Stream): Promise<ReadTrailers> {
  let lines: readonly string[] = [];
  // Node gives the lines as well, which its types do not tell.
  stream.on('trailers', (...[, , raw]: unknown[]) => {
    if (Array.isArray(raw)) lines = raw.map(String);
  });
  const isWhole = await isReadToEnd(stream);
  return { lines, isWhole };
}

function isReadToEnd(body: Readable): Promise<boolean> {
  if (body.readableEnded) return Promise.resolve(true);
  if (body.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    let count = 0;
    const timer = setTimeout(() => finish(false), PATIENCE_MS);
    const onData = (chunk: Buffer | string): void => {
      count += chunk.length;
      if (count > MOST_BYTES) finish(false);
    };
    const onEnd = (): void => finish(true);
    const onGone = (): void => finish(false);
    body.on('data', onData).once('end', onEnd).once('error', onGone).once('close', onGone);

    function finish(isWhole: boolean): void {
      clearTimeout(timer);
      body.off('data', onData).off('end', onEnd).off('close', onGone);
      if (!isWhole) body.pause();
      resolve(isWhole);
    }
  });
}
