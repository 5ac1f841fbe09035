import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerProcess, startServerProcess } from './server-process.js';

/** One node of the tailnet, as `whois` tells of it. */
export interface StandInNode {
  readonly addresses: readonly string[];
  readonly login: string;
  readonly name?: string;
  readonly tags?: readonly string[];
  readonly groups?: readonly string[];
  readonly shareeNode?: boolean;
  readonly sharer?: number;
}

/** What the stand-in says from now on. */
export interface StandInState {
  readonly tun: boolean;
  readonly state?: string;
  /** Addresses of the machine itself. */
  readonly self?: readonly string[];
  readonly nodes: readonly StandInNode[];
  /** Connections that tailscaled has opened on loopback for a node (userspace networking): `127.0.0.1:40000` → its address. */
  readonly proxied?: Readonly<Record<string, string>>;
  /** How questions of a kind go wrong. */
  readonly wrong?: Readonly<Record<string, number | string>>;
}

/** A stand-in for tailscaled in a process of its own. */
export interface Tailscaled {
  readonly socket: string;
  set(state: StandInState): Promise<void>;
  /** The questions since the last time, without `/localapi/v0/`. */
  asked(): Promise<readonly string[]>;
  stop(): void;
}

/**
 * Starts the stand-in on a real Unix socket. No Tailscale runs here: it answers as tailscale.com v1.104.7 is written
 * (`ipn/localapi/localapi.go`, `ipn/ipnlocal/local.go`, `proxymap/proxymap.go`, `tailcfg/tailcfg.go`).
 */
export async function startTailscaled(first: StandInState): Promise<Tailscaled> {
  const folder = mkdtempSync(join(tmpdir(), 'tailscaled-'));
  const socket = join(folder, 'tailscaled.sock');
  const child: ServerProcess = await startServerProcess(SCRIPT.replace('SOCKET', socket));
  await child.ask(JSON.stringify(first));
  return {
    socket,
    async set(state) {
      await child.ask(JSON.stringify(state));
    },
    async asked() {
      const asked = await child.ask('');
      return Array.isArray(asked) ? asked : [];
    },
    stop() {
      child.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const SCRIPT = `
  let told = { nodes: [] };
  let asked = [];
  answers = (word) => {
    if (word) told = JSON.parse(word);
    return asked.splice(0);
  };
  const nodeOf = (address) => told.nodes.find(({ addresses }) => addresses.includes(address));
  const find = (addr) => {
    const byAddress = net.isIP(addr) ? addr : addr.replace(/:\\d+$/, '').replace(/^\\[(.*)\\]$/, '$1');
    return nodeOf(byAddress) ?? (net.isIP(addr) ? undefined : nodeOf(told.proxied?.[addr]));
  };
  const prefix = (address) => address + (address.includes(':') ? '/128' : '/32');
  const whois = (node) => ({
    Node: {
      ID: 1234, StableID: 'nABCDEFCNTRL', Name: 'laptop.tail1234.ts.net.', User: 77, Sharer: node.sharer,
      Key: 'nodekey:0000', Machine: 'mkey:0000', DiscoKey: 'discokey:0000',
      Addresses: node.addresses.map(prefix), AllowedIPs: node.addresses.map(prefix),
      Hostinfo: { OS: 'linux', Hostname: 'laptop', ShareeNode: node.shareeNode },
      Created: '2026-01-02T03:04:05Z', Tags: node.tags, Online: true, ComputedName: 'laptop',
    },
    UserProfile: { ID: 77, LoginName: node.login, DisplayName: node.name ?? '', Groups: node.groups,
      ProfilePicURL: node.name && 'https://pictures.example/77' },
    CapMap: { 'example.com/cap/app': [{ role: 'admin' }] },
  });
  const status = () => ({
    Version: '1.104.7', TUN: told.tun, BackendState: told.state ?? 'Running', HaveNodeKey: true, AuthURL: '',
    TailscaleIPs: told.state ? null : told.self ?? ['100.64.0.1', 'fd7a:115c:a1e0::1'],
    Self: { ID: 'nSELF' }, Health: [], MagicDNSSuffix: 'tail1234.ts.net', CertDomains: null, Peer: null, User: null,
  });
  const fail = (res, code, text) => res.writeHead(code, { 'content-type': 'text/plain; charset=utf-8' }).end(text + '\\n');
  const tailscaled = http.createServer((req, res) => {
    const url = new URL(req.url, 'http://local-tailscaled.sock');
    const question = url.pathname.replace('/localapi/v0/', '');
    asked.push(req.url.replace('/localapi/v0/', ''));
    if (req.headers.host !== 'local-tailscaled.sock' || req.headers.origin || req.headers.referer) {
      return fail(res, 403, 'invalid localapi request');
    }
    const wrong = told.wrong?.[question];
    if (typeof wrong === 'number') return fail(res, wrong, 'secret words of tailscaled');
    if (wrong === 'hang') return;
    if (wrong === 'another protocol') {
      return res.socket.end('HTTP/1.1 101 Switching Protocols\\r\\nConnection: upgrade\\r\\nUpgrade: x\\r\\n\\r\\n');
    }
    if (wrong === 'half') { res.write('{"Node":'); return setTimeout(() => res.destroy(), 20); }
    if (wrong === 'drip') { res.write('{'); return void setInterval(() => res.write(' '), 20).unref(); }
    if (wrong === 'huge') { for (let i = 0; i < 40; i += 1) res.write('"' + 'x'.repeat(65536)); return res.end(); }
    if (wrong === 'latin1') {
      return res.end(Buffer.from(JSON.stringify(whois({ ...told.nodes[0], login: 'zo\\xeb@example.com' })), 'latin1'));
    }
    if (typeof wrong === 'string') return res.end(wrong);
    res.setHeader('Content-Type', 'application/json');
    res.setHeader('Tailscale-Version', '1.104.7');
    if (question === 'status') return res.end(JSON.stringify(status(), undefined, '\\t'));
    const addr = url.searchParams.get('addr');
    if (!addr) return fail(res, 400, "missing 'addr' parameter");
    if (!net.isIP(addr) && !/^(\\d+\\.\\d+\\.\\d+\\.\\d+|\\[[0-9a-f:]+\\]):\\d+$/.test(addr)) {
      return fail(res, 400, "invalid 'addr' parameter");
    }
    const node = find(addr);
    if (!node) return fail(res, 404, 'no match for IP:port');
    res.end(JSON.stringify(whois(node), undefined, '\\t'));
  });
  await listen(tailscaled, 'SOCKET');
  tell({ port: 0 });
`;
