import { type RequiredValue, trimOws } from '@trusted-header/core';
import { cliError } from '../cli-error.js';
import { bad } from '../proxy-config/check-values.js';
import type { Dump } from './dump.js';
import { type CheckResult, explainRequest } from './explain-request.js';
import { readHeaderOptions } from './header-lines.js';
import { limitsOf } from './limits-of.js';
import type { LogLine } from './log-lines.js';
import { profileOf } from './profile-of.js';
import { readDump } from './read-dump.js';

/** What is asked, each part as it is written: the options of `npx @trusted-header/cli check`. */
export interface CheckRequest {
  /** Addresses and blocks with commas or spaces. */
  readonly trustedProxies?: string | undefined;
  /** The TCP source address of the request. */
  readonly peer?: string | undefined;
  /** Path of the listener, where the request came over a Unix socket. */
  readonly unixSocket?: string | undefined;
  /** Header lines as curl's `-H` takes them. */
  readonly headers?: readonly string[] | undefined;
  /** What to read header lines from: whoami's page, a `curl -v` dump, a HAR file, log lines, or header lines. */
  readonly from?: { readonly source: string; readonly bytes: string } | undefined;
  /** Reads the answer of that dump, even where the request claims somebody itself. */
  readonly answer?: boolean | undefined;
  /** Id of a profile. Default `authelia`. */
  readonly profile?: string | undefined;
  /** `groups,name,email`. */
  readonly required?: string | undefined;
  /** `groups=2048,groupsBytes=32768`. */
  readonly limits?: string | undefined;
}

/** A decision, or what log lines mean, or both. */
export interface CheckAnswer {
  /** Absent where the file is a log that names nobody: there is nothing to decide. */
  readonly result?: CheckResult;
  /** What was read of the file, in words. */
  readonly read?: string;
  /** What its log lines mean. */
  readonly lines: readonly LogLine[];
}

/**
 * Decides about a request as it was written down, for the command line and for the playground of the site.
 *
 * Needs nothing of Node, so that both decide by the same code.
 *
 * @throws CliError that names the option, the value, and what to write instead.
 * @throws {ConfigError} For a list that an application would refuse to start with.
 */
export function checkRequest(request: CheckRequest): CheckAnswer {
  const { from, answer } = request;
  const profile = profileOf(request.profile ?? 'authelia');
  const dump = from && readDump(from.source, from.bytes, { profile, answer });
  const { read, lines = [] } = dump ?? {};
  const isDecided = dump?.rawHeaders !== undefined || dump?.lines === undefined;
  return {
    ...(isDecided && { result: decide(request, dump) }),
    ...(read !== undefined && { read }),
    lines,
  };
}

function decide(request: CheckRequest, dump: Dump | undefined): CheckResult {
  const { trustedProxies, unixSocket, required, limits, headers = [] } = request;
  if (trustedProxies === undefined) {
    throw cliError(
      '--trusted-proxies: is missing, and so is TRUSTED_PROXIES; write the address of the proxy',
    );
  }
  const peer = request.peer ?? (unixSocket === undefined ? dump?.peer : undefined);
  if (peer === undefined && unixSocket === undefined) {
    throw cliError(
      '--peer: is missing; write the TCP source address of the request, or --unix-socket and a path',
    );
  }
  return explainRequest({
    trustedProxies,
    profile: profileOf(request.profile ?? 'authelia'),
    ...(required !== undefined && { required: readRequired(required) }),
    ...(limits !== undefined && { limits: limitsOf(limits) }),
    peer,
    unixSocket,
    rawHeaders: [...(dump?.rawHeaders ?? []), ...readHeaderOptions(headers)],
  });
}

function readRequired(list: string): RequiredValue[] {
  return list.split(',').map((text) => {
    const value = trimOws(text);
    if (value === 'groups' || value === 'name' || value === 'email') return value;
    throw bad('--required', value, 'cannot be required', 'write groups, name, email, with commas');
  });
}
