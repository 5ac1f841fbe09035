import { describe, expect, it, jest } from '@jest/globals';
import { runDemo } from './run-demo.js';

jest.setTimeout(60_000);

const STEPS = 29;
const APPS = ['hono', 'koa', 'nestjs', 'nextjs'];

describe('demo --check', () => {
  it('takes every step at every app, prints what it saw, and exits with 0', async () => {
    const demo = runDemo('--check');
    expect(await demo.exitCode()).toBe(0);
    const rows = rowsOf(demo.output());
    for (const app of APPS) {
      expect(rows.filter(([name]) => name === app)).toHaveLength(STEPS);
    }
    expect(rows).toContainEqual([
      'koa',
      'whoami as jiri',
      '200 jiri · Jiří Dvořák · jiri@example.com · [dev, Domain Users] · member',
      '200 jiri · Jiří Dvořák · jiri@example.com · [dev, Domain Users] · member',
      'ok',
    ]);
    expect(demo.output()).toMatch(/^116 ok, 0 failed, 0 skipped$/m);
  });

  it('exits with 1 for apps that believe a stranger, and shows which steps failed', async () => {
    const demo = runDemo('--check', '--trusted-proxies', '127.0.0.1,127.0.0.2');
    expect(await demo.exitCode()).toBe(1);
    const failed = rowsOf(demo.output()).filter((row) => row.at(-1) === 'FAILED');
    expect(failed).toEqual(
      APPS.flatMap((app) => [
        [
          app,
          'forged past the gateway, from 127.0.0.2',
          '403 peer-untrusted',
          '200 zoe · – · – · [admin] · admin, member',
          'FAILED',
        ],
        [
          app,
          'forged with X-Forwarded-For, from 127.0.0.2',
          '403 peer-untrusted',
          '200 zoe · – · – · [admin] · admin, member',
          'FAILED',
        ],
        [
          app,
          'forged on the public page, from 127.0.0.2',
          '403 peer-untrusted',
          '200 Public page, authenticated',
          'FAILED',
        ],
      ]),
    );
  });

  it('exits with 1 for apps that do not believe the gateway', async () => {
    const demo = runDemo('--check', '--trusted-proxies', '10.0.0.1');
    expect(await demo.exitCode()).toBe(1);
    expect(rowsOf(demo.output())).toContainEqual([
      'hono',
      'home as zoe',
      '200 You are Zoë Müller, authenticated',
      '403 No access',
      'FAILED',
    ]);
  });

  it('says why an app did not start', async () => {
    const demo = runDemo('--check', '--trusted-proxies', '*');
    expect(await demo.exitCode()).toBe(1);
    expect(demo.output()).toMatch(
      /^The (Hono|Koa|NestJS|Next\.js) app ended with code 1\n(?: {2}SQLite has no program .*\n)? {2}Cannot start\./,
    );
    expect(demo.output()).toContain('TRUSTED_PROXIES[0]: "*"');
    expect(demo.output()).not.toMatch(/^\s+at /m);
  });
});

/** The cells of the table: at least two spaces are between them. */
function rowsOf(output: string): readonly (readonly string[])[] {
  return output.split('\n').map((line) => line.trim().split(/ {2,}/));
}
