import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from '@jest/globals';
import { build } from 'esbuild';

// REVIEWING.md lists what a request passes. Here requests of each kind are made in a process of their own, and V8 says which
// functions ran: a file that is not in the list, or is there and has not run, is a fault.

/** The sections of REVIEWING.md, and the requests that each is about (`reviewing/requests.mjs`). */
const SECTIONS = {
  every: 'Every request',
  configured: 'Where it is configured',
  asked: 'Where a proof is waited for',
  admitted: 'Whether the handler may run',
} as const;

type Kind = keyof typeof SECTIONS;
type Executed = Readonly<Record<Kind, Readonly<Record<string, number>>>>;

const src = fileURLToPath(new URL('../src/', import.meta.url));
const page = readFileSync(new URL('../REVIEWING.md', import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'trusted-header-reviewing-'));
afterAll(() => rmSync(folder, { recursive: true }));

const executed = await execute();

it.each(Object.keys(SECTIONS).filter(isKind))('lists what requests pass: %s', (kind) => {
  expect([...filesOf(kind)].sort()).toEqual([...newIn(kind)].sort());
});

it('lists no file twice', () => {
  const files = Object.keys(SECTIONS).filter(isKind).flatMap(filesOf);
  expect(files).toEqual([...new Set(files)]);
});

it('names the rule that each file holds', () => {
  const rows = page.split('\n').filter((line) => line.includes('](src/'));
  expect(rows.length).toBeGreaterThan(40);
  for (const row of rows) expect(row).toMatch(/\| [TDHPVLA]\d+(?:, [TDHPVLA]\d+)* +\| \S/);
});

it('keeps what every request passes below a thousand lines', () => {
  const lines = Object.values(executed.every).reduce((sum, each) => sum + each, 0);
  expect(lines).toBeLessThanOrEqual(1000);
});

/** What requests of a kind execute, and those before it do not. */
function newIn(kind: Kind): readonly string[] {
  const before = Object.keys(SECTIONS).filter(isKind);
  const known = before.slice(0, before.indexOf(kind)).flatMap((one) => Object.keys(executed[one]));
  return Object.keys(executed[kind]).filter((file) => !known.includes(file));
}

function filesOf(kind: Kind): readonly string[] {
  const section = page.split(/^## /m).find((each) => each.startsWith(`${SECTIONS[kind]}\n`)) ?? '';
  return [...section.matchAll(/\]\(src\/([^)]+)\)/g)].map(([, file = '']) => file);
}

function isKind(text: string): text is Kind {
  return Object.hasOwn(SECTIONS, text);
}

/** Compiles each source by itself, without types and comments, and runs the requests. */
async function execute(): Promise<Executed> {
  const sources = readdirSync(src, { recursive: true, encoding: 'utf8' });
  await build({
    absWorkingDir: src,
    entryPoints: sources.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts')),
    outbase: '.',
    outdir: folder,
    format: 'esm',
    target: 'es2022',
  });
  const imports = { '#ipaddr': './ipaddr.js' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', imports }));
  const door = new URL('../ipaddr/when-asked.cjs', import.meta.url);
  writeFileSync(join(folder, 'ipaddr.js'), `export { ipaddr } from '${door}';\n`);
  const program = fileURLToPath(new URL('reviewing/executed.mjs', import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [program, folder], { encoding: 'utf8' }));
}
