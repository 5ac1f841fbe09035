import type { ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import { type AnyAuthenticator, type RequestFacts, setupOf } from '@trusted-header/core';
import {
  openProbeWindow,
  PROBE_VARIABLE,
  type ProbeAnswer,
  type ProbeWindow,
  probeAnswer,
  probeReport,
} from '@trusted-header/core/probe';
import { factsFromRequest, factsFromStream } from './facts-from-request.js';
import type { NodeRequest, NodeResponse } from './node-request.js';
import { readTrailers, readTrailersOfStream } from './read-trailers.js';
import { endProbe, endProbeOfStream, endProbeOfUpgrade } from './send-probe.js';
import type { RequestEvent } from './stand-in-front.js';

/**
 * Answers the requests of `npx @trusted-header/cli probe`, in front of everything: no handler, no session and no observer gets to see them.
 *
 * What bears no token, a wrong one, or the right one too late is not answered: it is a request like any other.
 */
export interface ProbeReceiver {
  /** Tells whether a request is the probe's. */
  isProbe(req: NodeRequest): boolean;
  /** The same of an HTTP/2 request of which there is only the stream. */
  isProbeStream(stream: ServerHttp2Stream, rawHeaders: readonly string[]): boolean;
  /** Answers a request, and tells so; false for what is not the probe's. */
  answers(req: NodeRequest, res: NodeResponse, event?: RequestEvent): boolean;
  /** The same of a request that gets the connection itself, and loses it. */
  answersUpgrade(req: NodeRequest, socket: Duplex): boolean;
  /** The same of an HTTP/2 request of which there is only the stream. */
  answersStream(stream: ServerHttp2Stream, rawHeaders: readonly string[]): boolean;
}

/**
 * Opens the receiver of `npx @trusted-header/cli probe` for an adapter; undefined where `TRUSTED_HEADER_PROBE` is not set, as it is but for the
 * fifteen minutes of a probe.
 *
 * @param adapter As the probe shows it: `express`.
 * @throws {ConfigError} `option-invalid`, for a token that can be guessed.
 */
export function openProbe(
  authenticator: AnyAuthenticator,
  adapter: string,
): ProbeReceiver | undefined {
  const window = openProbeOf(authenticator);
  return window && createReceiver(window, authenticator, adapter);
}

/** The same for an adapter that answers in its own way. */
export function openProbeOf(authenticator: AnyAuthenticator): ProbeWindow | undefined {
  return openProbeWindow(process.env[PROBE_VARIABLE], {
    notify: (line) => setupOf(authenticator)?.notify(line),
    later: (callback, ms) => void setTimeout(callback, ms).unref(),
  });
}

function createReceiver(
  window: ProbeWindow,
  authenticator: AnyAuthenticator,
  adapter: string,
): ProbeReceiver {
  // One that was the probe's when it came stays so: it is asked for twice, and nobody has decided or stripped it in between.
  const probes = new WeakSet<RequestFacts>();
  return { isProbe, isProbeStream, answers, answersUpgrade, answersStream };

  function isProbe(req: NodeRequest): boolean {
    // As they arrived: whoever came first has taken the token off the request.
    return isProbeOf(factsFromRequest(req));
  }

  function isProbeOf(facts: RequestFacts): boolean {
    if (probes.has(facts)) return true;
    if (!window.isProbe(facts.rawHeaders)) return false;
    probes.add(facts);
    return true;
  }

  function isProbeStream(stream: ServerHttp2Stream, rawHeaders: readonly string[]): boolean {
    return isProbeOf(factsFromStream(stream, rawHeaders));
  }

  function answers(req: NodeRequest, res: NodeResponse, event?: RequestEvent): boolean {
    if (!isProbe(req)) return false;
    if (event === 'checkContinue') res.writeContinue();
    void readTrailers(req)
      .then(async (read) =>
        endProbe(req, res, await answer(factsFromRequest(req), req.httpVersion, read.lines), read),
      )
      .catch(() => req.destroy());
    return true;
  }

  function answersUpgrade(req: NodeRequest, socket: Duplex): boolean {
    if (!isProbe(req)) return false;
    socket.once('error', () => socket.destroy());
    void answer(factsFromRequest(req), req.httpVersion)
      .then((given) => endProbeOfUpgrade(socket, given))
      .catch(() => socket.destroy());
    return true;
  }

  function answersStream(stream: ServerHttp2Stream, rawHeaders: readonly string[]): boolean {
    if (!isProbeStream(stream, rawHeaders)) return false;
    stream.once('error', () => undefined);
    void readTrailersOfStream(stream)
      .then(async ({ lines }) =>
        endProbeOfStream(stream, await answer(factsFromStream(stream, rawHeaders), '2.0', lines)),
      )
      .catch(() => stream.destroy());
    return true;
  }

  async function answer(
    facts: RequestFacts,
    httpVersion: string,
    trailers: readonly string[] = [],
  ): Promise<ProbeAnswer> {
    return probeAnswer(await probeReport(authenticator, facts, { adapter, httpVersion, trailers }));
  }
}
