import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProbeResult, ProbeSettings } from '@trusted-header/cli/probe';
import { ADDRESSES, BACK_NETWORK, type Machine } from '../src/network/network.js';
import { CONFIGURATIONS, type ProbedConfiguration } from '../src/probe/configurations.js';
import { PROBE_PATHS } from '../src/probe/paths.js';
import { type Probed, probeTable } from '../src/probe/probe-table.js';
import { describeVersions, PROGRAMS, type Program } from '../src/proxies/programs.js';
import { startProxy } from '../src/proxies/start-proxy.js';
import { APPS, type App } from '../src/world/apps.js';
import { ORIGIN } from '../src/world/constants.js';
import { startWorld, type World } from '../src/world/start-world.js';

const DOCUMENT = new URL('../probe.md', import.meta.url);
const TOKEN = '00112233445566778899aabbccddeeff';
const run = promisify(execFile);

const [hono] = APPS;
if (!hono) throw new Error('there is no app');
/** Trusts the network that it shares with everybody. */
const careless: App = { ...hono, port: 3007 };

let world: World;
let folder: string;
const probed = new Map<string, Probed[]>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'trusted-header-probe-'));
  world = await startWorld();
  const env = (name: string) => ({
    TRUSTED_HEADER_PROBE: TOKEN,
    DATABASE_FILE: join(folder, `${name}.sqlite`),
  });
  await world.startApp(hono, undefined, env('app'));
  await world.startApp(careless, BACK_NETWORK, env('careless'));
}, 60_000);
afterAll(async () => {
  await world?.stop();
  rmSync(folder, { recursive: true });
});

/** Asks from a machine, as fast as may be. */
async function probe(from: Machine, settings: Partial<ProbeSettings>): Promise<ProbeResult> {
  const main = fileURLToPath(new URL('../dist/probe/main.js', import.meta.url));
  const { front } = ADDRESSES.proxy;
  const all: ProbeSettings = {
    url: ORIGIN,
    address: from === 'client' ? front.ipv4 : ADDRESSES.proxy.back.ipv4,
    token: TOKEN,
    cookie: world.cookies.john,
    paths: PROBE_PATHS,
    ca: readFileSync(world.certificate.cert, 'utf8'),
    requestsPerSecond: 10_000,
    timeoutMs: 1_500,
    ...settings,
  };
  const [program = '', ...args] = [...world.network.on(from), process.execPath, main];
  const { stdout } = await run(program, [...args, JSON.stringify(all)], { maxBuffer: 1 << 26 });
  return JSON.parse(stdout);
}

function keep(program: string, one: Probed): void {
  probed.set(program, [...(probed.get(program) ?? []), one]);
}

/** Ids of what is so bad, each once. */
function found({ outcomes }: ProbeResult, ...levels: readonly string[]): readonly string[] {
  return [...new Set(outcomes.flatMap(({ id, level }) => (levels.includes(level) ? [id] : [])))];
}

const here = CONFIGURATIONS.filter(({ program }) => PROGRAMS.includes(program));

describe.each(here)('$program, $id: $what', (configuration: ProbedConfiguration) => {
  const { program, id, what, edits, paths, user, worst, finds = [] } = configuration;
  let result: ProbeResult;
  beforeAll(async () => {
    const running = await startProxy(world, program, hono, edits);
    try {
      result = await probe('client', {
        ...(paths && { paths }),
        ...(user && { cookie: user === 'nobody' ? undefined : world.cookies[user] }),
      });
    } finally {
      await running.stop();
    }
    keep(program, { id, what, result });
  }, 60_000);

  it(`finds ${worst === 'nothing' ? 'nothing' : `what is ${worst}`}`, () => {
    expect([result.receiver, result.leftOut]).toEqual(['met', []]);
    const levels = ['error', 'warning'];
    const listed = result.outcomes.filter(({ level }) => levels.includes(level));
    if (worst === 'nothing') expect(listed).toEqual([]);
    else expect(found(result, worst)).toEqual(expect.arrayContaining([...finds]));
    if (worst === 'warning') expect(found(result, 'error')).toEqual([]);
  });
});

describe('past the proxy', () => {
  const whats = {
    'port-reachable': 'a neighbour reaches the application’s port, and is not trusted',
    'network-trusted': 'the application trusts the whole network, and so that neighbour',
  };

  it.each([
    ['port-reachable', hono, []],
    ['network-trusted', careless, ['TH-P-DIRECT', 'TH-P-DIRECT-FORWARDED', 'TH-P-PEER']],
  ] as const)('%s', async (id, app, finds) => {
    const running = await startProxy(world, 'nginx', app);
    try {
      const direct = `http://${ADDRESSES.app.back.ipv4}:${app.port}`;
      const result = await probe('attacker', { direct, paths: ['/'] });
      keep('past the proxy', { id, what: whats[id], result });
      expect(found(result, 'error')).toEqual(expect.arrayContaining([...finds]));
      if (finds.length === 0) expect(found(result, 'error', 'warning')).toEqual([]);
    } finally {
      await running.stop();
    }
  });
});

describe('nobody is harmed', () => {
  it('no user was created, nobody was signed in, and no line says otherwise', () => {
    for (const file of readdirSync(folder).filter((name) => name.includes('.sqlite'))) {
      const bytes = readFileSync(join(folder, file), 'latin1');
      expect([file, /th-probe-|john|bare/.exec(bytes)]).toEqual([file, null]);
    }
    expect(world.outputOf('hono')).not.toContain('th-probe-');
  });

  it.each([
    ['client', [ADDRESSES.proxy.front.ipv4]],
    ['attacker', [ADDRESSES.proxy.back.ipv4, ADDRESSES.app.back.ipv4]],
  ] as const)('nothing went from the %s to another host', (machine, known) => {
    // Whom the machine has looked for on its only network; there is no way to anywhere else.
    const [program = '', ...args] = [...world.network.on(machine), 'ip', 'neigh', 'show'];
    const { stdout } = spawnSync(program, args, { encoding: 'utf8' });
    const others = stdout
      .split('\n')
      .flatMap((line) => line.split(' ')[0] || [])
      .filter((address) => !address.startsWith('fe80:'));
    expect(others.sort()).toEqual([...known].sort());
  });
});

/** The program itself, as people run it, for a few cases: it takes its time. */
describe('the command', () => {
  const command = async (token: string, edits = {}): Promise<number> => {
    const running = await startProxy(world, 'nginx', hono, edits);
    const bin = fileURLToPath(import.meta.resolve('@trusted-header/cli')).replace('index', 'bin');
    const cookie = join(folder, 'cookie');
    writeFileSync(cookie, world.cookies.john);
    const [program = '', ...args] = [...world.network.on('client'), process.execPath, bin];
    const options = ['--path', '/', '--case', 'TH-P-PLAIN,TH-P-USER', '--cookie-file', cookie];
    const where = ['--resolve', ADDRESSES.proxy.front.ipv4, '--ca', world.certificate.cert];
    const { status } = spawnSync(program, [...args, 'probe', ORIGIN, ...options, ...where], {
      env: { ...process.env, TRUSTED_HEADER_PROBE: token },
      encoding: 'utf8',
    });
    await running.stop();
    return status ?? -1;
  };
  const leaky = CONFIGURATIONS.find(({ id }) => id === 'no-user-line');

  it.each([
    [0, 'nothing is found', TOKEN, {}],
    [1, 'a name arrives', TOKEN, leaky?.edits],
    [2, 'nobody knows the token', TOKEN.replace('0', '1'), {}],
  ])('ends with %i where %s', async (status, _why, token, edits) => {
    expect(await command(token, edits)).toBe(status);
  });
});

describe('probe.md', () => {
  it('says what this run has seen', () => {
    const text = document(PROGRAMS);
    if (process.env['UPDATE_MATRIX']) writeFileSync(DOCUMENT, text);
    const written = readFileSync(DOCUMENT, 'utf8');
    // Other versions may refuse in other words.
    if (written.includes(versionsOf(PROGRAMS))) expect(written).toBe(text);
    else expect(casesIn(written)).toEqual(casesIn(text));
  });
});

function document(programs: readonly Program[]): string {
  const sections = [...probed].map(([title, all]) => probeTable(title, all));
  return `# What the probe finds

Written by the end-to-end tests (\`UPDATE_MATRIX=1 pnpm e2e --selectProjects e2e -- probe\`), which fail when they see anything else:
\`npx @trusted-header/cli probe\`, in front of the Hono app with its receiver open, behind each proxy with the generated configuration, and
with the mistakes that people make and copy. **error**: a client can be somebody else, or say what groups it is in. **warning**: it arrives,
and this application refuses or ignores it. **note**: it arrives, and says nothing by itself. ·: it does not arrive. Where not all paths are
alike, the paths are named: \`/\` and \`/public\` are asked about at the portal, \`/static/probe\` is not.

Apache has no forward authentication: it is the outer hop, with nginx behind it. ${versionsOf(programs)}

${sections.join('\n')}`;
}

/** Of all that takes part: another portal may change what is seen. */
function versionsOf(programs: readonly Program[]): string {
  return `Versions: ${describeVersions(programs)}${process.env['AUTHELIA'] ? ', with Authelia' : ''}.`;
}

function casesIn(text: string): readonly string[] {
  return [...new Set(text.match(/^\| `TH-P-[^`]+`/gm))].sort();
}
