import type { promises } from 'node:dns';
import { getBuiltinModule } from '../builtin.js';
import { codeOf } from '../code-of.js';
import { oneAtATime } from './one-at-a-time.js';
import { ownAmong } from './own-addresses.js';
import type { Reading, Source } from './source.js';

/** How names are looked up. */
export interface DnsOptions {
  /**
   * Asks these servers (`127.0.0.1:5353`, `[::1]:53`) in the place of the system's, and no hosts file. Default: as the system does,
   * the hosts file included.
   */
  readonly servers?: readonly string[];
  /** Looks a name up, in the place of the system's look-up. Rejects with `ENOTFOUND` as its `code` where there is no such name. */
  readonly lookup?: (name: string) => Promise<readonly { readonly address: string }[]>;
  /**
   * Believes a name that stands for loopback or for an address of this very machine. Then every process of the machine, of any
   * user, can be anyone; without it such an answer counts as none.
   */
  readonly allowOwnAddresses?: boolean;
}

const dns = () => getBuiltinModule('node:dns').promises;

const SECOND = 1000;
const TIMEOUT_MS = 5 * SECOND;

/** So long is waited for DNS's word on how long an answer holds, which the hosts file may have given: then it is not told. */
const TTL_PATIENCE_MS = 2 * SECOND;
const LEAST_REFRESH_MS = 5 * SECOND;
const MOST_REFRESH_MS = 60 * SECOND;
const KEEP_MS = 300 * SECOND;

/** After so long a look-up of the application's is given up that has not come back. */
const PATIENCE_MS = 60 * SECOND;

/** Where nobody tells how long an answer holds: the hosts file, names that the system completes. */
const UNTOLD_REFRESH_MS = 30 * SECOND;

/**
 * Makes a source of what a host name stands for.
 *
 * The system looks it up, so that the hosts file, search domains and Docker's names count; how long the answer holds is DNS's own
 * word, within 5 s to 60 s. Refuses this machine's own addresses, and with one bad address the whole answer.
 */
export function dnsSource(name: string, options: DnsOptions = {}): Source {
  const host = name.slice('dns:'.length);
  const lookUp = lookUpBy(options);
  return {
    name,
    isEdited: false,
    timing: {
      timeoutMs: TIMEOUT_MS,
      keepMs: KEEP_MS,
      retryMs: LEAST_REFRESH_MS,
      mostRetryMs: LEAST_REFRESH_MS,
      leastMs: LEAST_REFRESH_MS,
    },
    window: `an address that ${name} no longer names is believed for at most ${(MOST_REFRESH_MS + TIMEOUT_MS) / SECOND} s, or ${KEEP_MS / SECOND} s while nobody answers`,
    async read(signal) {
      const resolver = new (dns().Resolver)({ timeout: TIMEOUT_MS / 2, tries: 2 });
      if (options.servers) resolver.setServers(options.servers);
      signal.addEventListener('abort', () => resolver.cancel());
      try {
        return await readWith(resolver);
      } finally {
        resolver.cancel();
      }
    },
  };

  async function readWith(resolver: promises.Resolver): Promise<Reading> {
    // Asked at the same time: the two have five seconds together.
    const records = resolve(resolver, host);
    const soon = within(TTL_PATIENCE_MS);
    const addresses = await lookUp(host, records);
    if (addresses.length === 0) {
      return { entries: [], none: 'there is no such name', nextMs: LEAST_REFRESH_MS };
    }
    const own = options.allowOwnAddresses === true ? [] : ownAmong(addresses);
    if (own.length > 0) {
      throw new Error(
        `${own.join(', ')} is this machine: name the proxy, or set dns.allowOwnAddresses`,
      );
    }
    const ttl = leastTtl(await soon(records), addresses);
    return { entries: addresses, nextMs: jittered(refreshFor(ttl)) };
  }
}

interface Records {
  readonly found: readonly { readonly address: string; readonly ttl: number }[];
  /** Of a family that could not be asked for; undefined where both could. */
  readonly error: unknown;
}

/** Asks DNS for both families. Never rejects. */
async function resolve(resolver: promises.Resolver, host: string): Promise<Records> {
  const answers = await Promise.allSettled([
    resolver.resolve4(host, { ttl: true }),
    resolver.resolve6(host, { ttl: true }),
  ]);
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const errors = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
  return { found, error: errors.find((one) => !isNoName(one)) };
}

/** Gives what was found, or nothing where that takes longer than so many milliseconds from now. */
function within(ms: number): (records: Promise<Records>) => Promise<Records> {
  const nothing = new Promise<Records>((resolve) => {
    setTimeout(resolve, ms, { found: [], error: undefined }).unref();
  });
  return (records) => Promise.race([records, nothing]);
}

type LookUp = (host: string, records: Promise<Records>) => Promise<readonly string[]>;

function lookUpBy({ servers, lookup }: DnsOptions): LookUp {
  if (servers && !lookup) {
    return async (_, records) => {
      const { found, error } = await records;
      // Half an answer would take the other family's addresses away.
      if (error !== undefined) throw describe(error);
      return found.map(({ address }) => address);
    };
  }
  // The system's takes a thread, and always comes back. Nobody knows that of the application's.
  return lookup
    ? oneAtATime(describing(lookup), PATIENCE_MS)
    : oneAtATime(describing((host) => dns().lookup(host, { all: true, verbatim: true })));
}

function describing(lookup: NonNullable<DnsOptions['lookup']>): LookUp {
  return async (host) => {
    try {
      const found = await lookup(host);
      return [...new Set(found.map(({ address }) => address))];
    } catch (error) {
      if (isNoName(error)) return [];
      throw describe(error);
    }
  };
}

function leastTtl({ found }: Records, addresses: readonly string[]): number | undefined {
  const ttls = found.filter(({ address }) => addresses.includes(address)).map(({ ttl }) => ttl);
  return ttls.length > 0 ? Math.min(...ttls) : undefined;
}

function refreshFor(ttl: number | undefined): number {
  if (ttl === undefined) return UNTOLD_REFRESH_MS;
  return Math.min(Math.max(ttl * SECOND, LEAST_REFRESH_MS), MOST_REFRESH_MS);
}

/** Up to a tenth sooner, so that many applications do not ask at the same moment. */
function jittered(ms: number): number {
  return Math.max(ms * (1 - Math.random() / 10), LEAST_REFRESH_MS);
}

function isNoName(error: unknown): boolean {
  const code = codeOf(error);
  return code === dns().NOTFOUND || code === dns().NODATA;
}

function describe(error: unknown): Error {
  const code = codeOf(error);
  return new Error(code === undefined ? String(error) : `no answer from DNS, ${code}`);
}
