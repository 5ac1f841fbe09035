import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Attack, Flow } from '../src/cases/case.js';
import { ATTACKS, FLOWS } from '../src/cases/index.js';
import { type Cell, formatMatrix, type Section } from '../src/matrix/format-matrix.js';
import { type Outcomes, runCases } from '../src/matrix/run-cases.js';
import { DEBIAN, describeVersions, PROGRAMS, type Program } from '../src/proxies/programs.js';
import { startProxy } from '../src/proxies/start-proxy.js';
import { APPS } from '../src/world/apps.js';
import { startWorld, type World } from '../src/world/start-world.js';

const DOCUMENT = new URL('../matrix.md', import.meta.url);

let world: World;
/** By proxy and application. */
const results = new Map<string, Outcomes>();
/** Milliseconds, by proxy. */
const durations = new Map<string, number>();

beforeAll(async () => {
  world = await startWorld();
  await Promise.all(
    APPS.map(async (app) => {
      await world.startApp(app);
    }),
  );
}, 120_000);

afterAll(async () => {
  await world?.stop();
  const times = [...durations].map(([proxy, ms]) => `${proxy} ${(ms / 1000).toFixed(1)} s`);
  process.stdout.write(`${formatMatrix(PROGRAMS, sections(PROGRAMS))}\n${times.join(', ')}\n`);
});

describe.each(PROGRAMS)('behind %s', (proxy) => {
  const everyCase = [...FLOWS, ...Object.values(ATTACKS).flat()];

  describe.each(APPS)('the $name app', (app) => {
    let output = '';

    beforeAll(async () => {
      const startedAt = Date.now();
      const running = await startProxy(world, proxy, app);
      results.set(`${proxy} ${app.name}`, await runCases(world, app));
      output = running.output();
      await running.stop();
      durations.set(proxy, (durations.get(proxy) ?? 0) + Date.now() - startedAt);
    }, 120_000);

    it.each(everyCase.filter(({ apps }) => apps?.includes(app.name) ?? true))('$id', ({ id }) => {
      expect(results.get(`${proxy} ${app.name}`)?.get(id)).toEqual({
        seen: expect.any(String),
        isGood: true,
      });
    });

    it('ran to the end', () => {
      expect(output).not.toMatch(/segmentation fault|panic|core dumped/i);
    });
  });
});

describe('the applications', () => {
  it('believed nobody who has no account', () => {
    const believed = new Set(world.outputOf('echo').match(/believed: \S+/g));
    expect([...believed].sort()).toEqual([
      'believed: ann',
      'believed: bare',
      'believed: john',
      'believed: long',
      'believed: short',
    ]);
  });
});

describe('matrix.md', () => {
  it('says what this run has seen', () => {
    if (process.env['UPDATE_MATRIX']) writeFileSync(DOCUMENT, documentOf(PROGRAMS));
    const written = readFileSync(DOCUMENT, 'utf8');
    const documented = [PROGRAMS, DEBIAN].find((programs) =>
      written.includes(versionsOf(programs)),
    );
    if (documented) expect(written).toBe(documentOf(documented));
    // Other versions may refuse in other words: then only the list of cases must be the same.
    else expect(casesIn(written)).toEqual(casesIn(documentOf(DEBIAN)));
  });
});

function documentOf(programs: readonly Program[]): string {
  return `${introduce(versionsOf(programs))}\n${formatMatrix(programs, sections(programs))}`;
}

/** Of all that takes part: another portal may change what is seen. */
function versionsOf(programs: readonly Program[]): string {
  return `Versions: ${describeVersions(programs)}${process.env['AUTHELIA'] ? ', with Authelia' : ''}.`;
}

function introduce(versions: string): string {
  return `# What each proxy let through

Written by the end-to-end tests (\`UPDATE_MATRIX=1 pnpm e2e --selectProjects e2e\`), which fail when they see anything else.
Each cell is what came back to whoever sent it, one word for each answer: \`own\`, their own true identity; \`portal\`, a
redirect to the sign-in page; a status, with the code of the problem where the application answered; \`closed\`, no answer
and no connection; \`silence\`, no answer for 0.7 s; \`harmless\`, any allowed answer, where it is chance which. A cell without names is the same for all applications:
${APPS.map(({ name }) => name).join(', ')}.

Apache has no forward authentication: it is the outer hop, with nginx behind it. ${versions}
`;
}

function casesIn(text: string): readonly string[] {
  return text.match(/^\| `[^`]+`/gm) ?? [];
}

function sections(programs: readonly Program[]): readonly Section[] {
  const section = (title: string, cases: readonly (Flow | Attack)[]): Section => ({
    title,
    rows: cases.map((one) => ({ one, cells: programs.map((proxy) => cellOf(proxy, one.id)) })),
  });
  return [
    section('What must work', FLOWS),
    ...Object.entries(ATTACKS).map(([title, attacks]) => section(title, attacks)),
  ];
}

function cellOf(proxy: string, id: string): Cell {
  return new Map(
    APPS.flatMap(({ name }) => {
      const outcome = results.get(`${proxy} ${name}`)?.get(id);
      return outcome ? [[name, outcome] as const] : [];
    }),
  );
}
