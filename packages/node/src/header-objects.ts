import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { isObject } from '@trusted-header/core';
import type { NodeRequest } from './node-request.js';

/** Where Node keeps, of a request, the number of its header lines and the two objects that it makes of them. */
interface Keys {
  readonly count: symbol;
  readonly objects: readonly symbol[];
}

/** These are no public names: they are looked for and tried out, and undefined where this Node does otherwise. */
const keys = findKeys();

/**
 * Gives `headers` and `headersDistinct` of a request as far as somebody may hold them already.
 *
 * Node makes each of as many lines as there were on arrival, when it is first read: `headers` mostly by itself,
 * `headersDistinct` hardly ever. What is not there yet need not be made in order to be cleaned: once the lines are,
 * {@link recountLines}. Where that is not sure to work, both are made now.
 */
export function headerObjects(req: NodeRequest): readonly object[] {
  if (!keys || !hasKey(req, keys.count) || req[keys.count] !== req.rawHeaders.length) {
    return 'headersDistinct' in req ? [req.headers, req.headersDistinct] : [req.headers];
  }
  const made: object[] = [];
  for (const key of keys.objects) {
    const object = req[key];
    if (isObject(object)) made.push(object);
  }
  return made;
}

/** Tells Node that a request has fewer header lines now. */
export function recountLines(req: NodeRequest): void {
  if (keys && hasKey(req, keys.count)) req[keys.count] = req.rawHeaders.length;
}

/** What it tells of is read and written like any other property: that costs a tenth of what `Reflect.get` and `Reflect.set` do. */
function hasKey(req: object, key: symbol): req is Record<symbol, unknown> {
  return key in req;
}

function findKeys(): Keys | undefined {
  try {
    return tryOut(new IncomingMessage(new Socket()));
  } catch {
    // Some other runtime's idea of Node.
    return undefined;
  }
}

function tryOut(probe: IncomingMessage): Keys | undefined {
  probe.rawHeaders = ['Name', 'value'];
  const count = symbolOf(probe, 'kHeadersCount');
  if (!count || !Reflect.set(probe, count, 2)) return undefined;

  const made = [probe.headers, probe.headersDistinct];
  if (JSON.stringify(made) !== '[{"name":"value"},{"name":["value"]}]') return undefined;
  const headers = symbolOf(probe, 'kHeaders');
  const distinct = symbolOf(probe, 'kHeadersDistinct');
  if (!headers || Reflect.get(probe, headers) !== made[0]) return undefined;
  if (!distinct || Reflect.get(probe, distinct) !== made[1]) return undefined;
  return { count, objects: [headers, distinct] };
}

function symbolOf(holder: object, description: string): symbol | undefined {
  return Object.getOwnPropertySymbols(holder).find((key) => key.description === description);
}
