import { IncomingMessage } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';
import { createSlot, isObject } from '@trusted-header/core';
import { findName } from './find-name.js';
import type { NodeRequest } from './node-request.js';
import { stripLines } from './strip-lines.js';
import { sensitiveKey, stripSensitive } from './strip-sensitive.js';

type NameTest = (name: string) => boolean;

/** The names to hide, by request or stream: an application may mount two adapters with different headers. */
const hidden = createSlot<NameTest[]>();

/** The trailers of HTTP/1 requests that hide some of them. */
const unhidden = createSlot<() => readonly string[]>();

/** Gives the trailers of a request as they came, for the probe's receiver and for nobody else. */
export function trailersAsTheyCame(req: NodeRequest): readonly string[] {
  return unhidden.get(req)?.() ?? req.rawTrailers;
}

/** Notes a test; gives all of them if it is the first. */
function startHiding(subject: object, isUnwanted: NameTest): readonly NameTest[] | undefined {
  const earlier = hidden.get(subject);
  if (earlier) {
    earlier.push(isUnwanted);
    return undefined;
  }
  const tests = [isUnwanted];
  hidden.set(subject, tests);
  return tests;
}

/** Hides identity headers among the trailers of an HTTP/2 stream, from its own event on, wherever they are copied to. */
export function stripStreamTrailers(stream: ServerHttp2Stream, isUnwanted: NameTest): void {
  const tests = startHiding(stream, isUnwanted);
  if (!tests) return;
  stream.prependListener('trailers', (...[headers, , lines]: unknown[]) => {
    if (!isObject(headers) || !Array.isArray(lines)) return;
    const isHidden: NameTest = (name) => tests.some((test) => test(name));
    stripLines(lines, isHidden, () => [headers]);
    // An empty list would be copied to the request as if it were a trailer.
    if (stripSensitive(headers, isHidden) === 0) Reflect.deleteProperty(headers, sensitiveKey());
  });
}

/**
 * Hides identity headers among the trailers of an HTTP/1 request, which arrive behind the body and so after the decision.
 *
 * The request's own trailer properties are replaced by ones that leave those lines out when they are read. An object that
 * somebody took before is filled by Node itself: line by line, which is where such a line is left out.
 */
export function stripTrailers(req: NodeRequest, isUnwanted: NameTest): void {
  // RFC 9112 section 7.1.2: only a chunked message has trailers.
  if (findName(req.rawHeaders, isTransferEncoding) < 0) return;
  const tests = startHiding(req, isUnwanted);
  if (!tests) return;
  const isHidden: NameTest = (name) => tests.some((test) => test(name));
  // HTTP/1 assigns another array when the trailers have come.
  // What is injected may have none.
  let lines = req.rawTrailers ?? [];
  unhidden.set(req, () => lines);

  const pairs = (): [name: string, value: string][] =>
    lines.flatMap((name, i) => {
      const value = lines[i + 1];
      return i % 2 === 1 || value === undefined || isHidden(name) ? [] : [[name, value]];
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
  leaveOutLines(req, isHidden);
}

/** No public name: where Node fills its objects in another way, those taken before the decision keep such a line. */
const ADD_LINE = '_addHeaderLine';

function leaveOutLines(req: NodeRequest, isHidden: NameTest): void {
  const add: unknown = Reflect.get(IncomingMessage.prototype, ADD_LINE);
  if (typeof add !== 'function') return;
  Object.defineProperty(req, ADD_LINE, {
    value: (name: string, value: string, target: object) => {
      if (!isHidden(name)) Reflect.apply(add, req, [name, value, target]);
    },
    configurable: true,
    writable: true,
  });
}

function isTransferEncoding(name: string): boolean {
  return name.length === 17 && name.toLowerCase() === 'transfer-encoding';
}

function define(req: NodeRequest, name: string, accessors: PropertyDescriptor): void {
  Object.defineProperty(req, name, { ...accessors, configurable: true, enumerable: true });
}
