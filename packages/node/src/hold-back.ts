import { EventEmitter } from 'node:events';

/**
 * Keeps back what a server hands over until something is answered. Who has hung up by then is not handed over: nobody would be told
 * that the connection is closed.
 *
 * @param args Of the event: a request and its response, a request and its socket, a stream.
 */
export function holdBack(
  pending: Promise<void>,
  args: readonly unknown[],
  handOver: () => void,
): void {
  const emitters = args.filter((each): each is EventEmitter => each instanceof EventEmitter);
  for (const each of emitters) each.on('error', ignore);
  const trailers = emitters.map(keepTrailers);
  void pending.then(() => {
    // In a turn of its own: what a listener throws is the application's, as ever, and no rejection.
    process.nextTick(() => {
      for (const each of emitters) each.off('error', ignore);
      if (emitters.some(isGone)) return;
      handOver();
      for (const tell of trailers) tell();
    });
  });
}

/** Nobody listens yet to what is held back, and an error without a listener ends the process. */
function ignore(): void {}

/** Trailers of an HTTP/2 stream come when they come, whether anybody has read the body or listens. */
function keepTrailers(each: EventEmitter): () => void {
  let kept: readonly unknown[] = [];
  const keep = (...args: readonly unknown[]) => {
    kept = args;
  };
  each.once('trailers', keep);
  return () => {
    each.off('trailers', keep);
    if (kept.length > 0) each.emit('trailers', ...kept);
  };
}

function isGone(each: EventEmitter): boolean {
  return 'destroyed' in each && each.destroyed === true;
}
