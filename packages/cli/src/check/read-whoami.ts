import { trimOws } from '@trusted-header/core';
import type { Dump } from './dump.js';
import { readLine } from './header-lines.js';
import { lastMessage, REQUEST_LINE } from './message.js';

/**
 * Reads the page of traefik/whoami: the peer behind `RemoteAddr:`, and the request as it arrived there.
 *
 * @throws CliError for a header line that no server lets through.
 */
export function readWhoami(lines: readonly string[]): Dump | undefined {
  const at = lines.findIndex((line) => line.startsWith('RemoteAddr:'));
  const request = at < 0 ? undefined : lastMessage(lines.slice(at), REQUEST_LINE);
  if (!request) return undefined;
  const rawHeaders = request.lines.flatMap((line) => readLine('--from', line));
  return arrived(rawHeaders, trimOws(lines[at]?.slice('RemoteAddr:'.length) ?? ''));
}

/** What reached an application, and from where: `172.20.0.2:41244` or `[fd00::2]:41244`. */
export function arrived(rawHeaders: readonly string[], remoteAddress: string): Dump {
  const peer = /^\[?(.*?)\]?:\d+$/.exec(remoteAddress)?.[1];
  return {
    rawHeaders,
    ...(peer !== undefined && { peer }),
    read: `what reached the application${peer === undefined ? '' : ` from ${peer}`}`,
  };
}
