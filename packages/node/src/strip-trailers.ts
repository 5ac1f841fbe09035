import { createSlot } from './create-slot.js';
import { findName } from './find-name.js';
import type { NodeRequest } from './node-request.js';

/** The names to hide, by request: an application may mount two adapters with different headers. */
const hidden = createSlot<((name: string) => boolean)[]>();

/**
 * Hides identity headers among the trailers, which arrive behind the body and so after the decision.
 *
 * The request's own trailer properties are replaced by ones that leave those lines out when they are read.
 */
export function stripTrailers(req: NodeRequest, isUnwanted: (name: string) => boolean): void {
  if (!mayHaveTrailers(req)) return;
  const earlier = hidden.get(req);
  if (earlier) {
    earlier.push(isUnwanted);
    return;
  }
  const tests = [isUnwanted];
  hidden.set(req, tests);
  // HTTP/2 pushes into this very array; HTTP/1 assigns another one when the trailers have come.
  let lines = req.rawTrailers;

  const pairs = (): [name: string, value: string][] =>
    lines.flatMap((name, i) => {
      const value = lines[i + 1];
      return i % 2 === 1 || value === undefined || tests.some((test) => test(name))
        ? []
        : [[name, value]];
    });
  const distinct = (): Map<string, string[]> => {
    const values = new Map<string, string[]>();
    for (const [name, value] of pairs()) {
      const lower = name.toLowerCase();
      values.set(lower, [...(values.get(lower) ?? []), value]);
    }
    return values;
  };

  define(req, 'rawTrailers', {
    get: () => pairs().flat(),
    set: (assigned: string[]) => {
      lines = assigned;
    },
  });
  define(req, 'trailersDistinct', { get: () => Object.fromEntries(distinct()) });
  define(req, 'trailers', {
    get: () =>
      Object.fromEntries([...distinct()].map(([name, values]) => [name, values.join(', ')])),
  });
}

/** RFC 9112 section 7.1.2: only a chunked message has trailers. In HTTP/2 any may. */
function mayHaveTrailers(req: NodeRequest): boolean {
  return req.httpVersionMajor > 1 || findName(req.rawHeaders, isTransferEncoding) >= 0;
}

function isTransferEncoding(name: string): boolean {
  return name.length === 17 && name.toLowerCase() === 'transfer-encoding';
}

function define(req: NodeRequest, name: string, accessors: PropertyDescriptor): void {
  Object.defineProperty(req, name, { ...accessors, configurable: true, enumerable: true });
}
