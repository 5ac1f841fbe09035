import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { runInFolder } from './run-in-folder.js';

const MOCHA = join(
  dirname(createRequire(import.meta.url).resolve('mocha/package.json')),
  'bin/mocha.js',
);

/** Gives an example as a program: these have no types in them. */
function example(name: string): string {
  return readFileSync(new URL(`./examples/${name}`, import.meta.url), 'utf8');
}

const FASTIFY = example('fastify.ts');
const EXPRESS = example('mocha.mjs');

describe('an application in the process of its test', () => {
  it('is tested with node --test, by inject()', () => {
    expect(runInFolder({ 'app.test.mjs': FASTIFY }, ['--test'])).toMatchObject({
      status: 0,
      output: expect.stringContaining('# pass 2'),
    });
  });

  it('is tested with node --test, by supertest', () => {
    const test = `import { describe, it } from 'node:test';\n${EXPRESS}`;
    expect(runInFolder({ 'app.test.mjs': test }, ['--test'])).toMatchObject({
      status: 0,
      output: expect.stringContaining('# pass 2'),
    });
  });

  it.each([
    ['as it is', []],
    ['in parallel', ['--parallel']],
    ['with an option for Node', ['--expose-gc']],
  ])('is tested with mocha, by supertest, %s', (_, args) => {
    const run = runInFolder({ 'app.mjs': EXPRESS, 'other.mjs': EXPRESS }, [
      MOCHA,
      ...args,
      'app.mjs',
      'other.mjs',
    ]);
    expect(run).toMatchObject({ status: 0, output: expect.stringContaining('4 passing') });
  });

  it('is tested with mocha, by inject()', () => {
    const test = FASTIFY.replace(/test(?=\()/g, 'it').replace(/.*'node:test'.*\n/, '');
    expect(runInFolder({ 'app.mjs': test }, [MOCHA, 'app.mjs'])).toMatchObject({
      status: 0,
      output: expect.stringContaining('2 passing'),
    });
  });

  it('is tested with mocha without asUser, too, from an address that it trusts', () => {
    const test = EXPRESS.replace("trustedProxies: '172.20.0.2'", "trustedProxies: '127.0.0.1'")
      .replace(
        /const alice = .*/,
        "const headers = { 'Remote-User': 'alice', 'Remote-Groups': '' };",
      )
      .replace('alice.headers', 'headers');
    expect(runInFolder({ 'app.mjs': test }, [MOCHA, 'app.mjs'])).toMatchObject({
      status: 0,
      output: expect.stringContaining('2 passing'),
    });
  });
});

describe('asUser outside of a test run', () => {
  const program = `
    import { asUser, identityHeaders } from '@trusted-header/testing';
    console.log(identityHeaders({ user: 'alice' }));
    asUser({ user: 'alice' });`;

  it.each([
    ['in production', {}],
    ['in a deployment that is called test', { NODE_ENV: 'test' }],
    ['in the server that Playwright starts', { PLAYWRIGHT_TEST: '1' }],
  ])('throws, and says why: %s', (_, env) => {
    const { status, output } = runInFolder({ 'app.mjs': program }, ['app.mjs'], env);
    expect(status).toBe(1);
    expect(output).toContain("{ 'Remote-User': 'alice' }");
    expect(output).toContain(
      'Error: this is no test run: no mark of node --test, Jest, Vitest, mocha, Jasmine or AVA is on this process; an application in another process needs identityHeaders of @trusted-header/testing only',
    );
  });
});
