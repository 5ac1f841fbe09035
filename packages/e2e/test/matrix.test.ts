import { describe, expect, it } from '@jest/globals';
import type { Attack } from '../src/cases/case.js';
import { ATTACKS, FLOWS } from '../src/cases/index.js';
import { formatMatrix } from '../src/matrix/format-matrix.js';
import { judgeAttack, judgeFlow } from '../src/matrix/judge.js';

const attack = (...allowed: Attack['allowed']): Attack => ({
  id: 'an-attack',
  why: 'To see | what happens.',
  allowed,
  run: () => Promise.resolve(''),
});

describe('judgeAttack', () => {
  it.each([
    ['own', ['own'], true],
    ['own', ['refused'], false],
    ['403 peer-untrusted', ['refused'], true],
    ['portal', ['refused'], true],
    ['closed', ['refused'], true],
    ['200 empty', ['refused'], true],
    ['302', ['refused'], false],
    ['200 Admins only', ['refused', 'own', 'anonymous', 'error'], false],
    ['500', ['refused'], false],
    ['502', ['error'], true],
    ['FORGED 403: mallory', ['refused', 'own', 'anonymous', 'error'], false],
    ['400, own', ['refused'], false],
    ['failed: nobody answers', ['refused'], false],
    ['', ['refused'], false],
  ] as const)('of “%s” where %j is allowed says %s', (seen, allowed, isGood) => {
    expect(judgeAttack(attack(...allowed), seen)).toEqual({ seen, isGood });
  });
});

describe('judgeFlow', () => {
  it('wants exactly what was expected', () => {
    const flow = { ...attack(), expected: 'own' };
    expect(judgeFlow(flow, 'own').isGood).toBe(true);
    expect(judgeFlow(flow, 'own, own').isGood).toBe(false);
  });
});

describe('formatMatrix', () => {
  it('names applications where they differ, and marks what went wrong', () => {
    const good = { seen: 'own', isGood: true };
    const bad = { seen: 'FORGED', isGood: false };
    const cells = [
      new Map([
        ['hono', good],
        ['koa', good],
      ]),
      new Map([
        ['hono', good],
        ['koa', bad],
      ]),
    ];
    const text = formatMatrix(
      ['nginx', 'caddy'],
      [{ title: 'T', rows: [{ one: attack(), cells }] }],
    );
    expect(text).toBe(
      [
        '## T',
        '',
        '| case | what it is | nginx | caddy |',
        '| --- | --- | --- | --- |',
        '| `an-attack` | To see \\| what happens. | own | own (hono); ✗ FORGED (koa) |',
        '',
      ].join('\n'),
    );
  });
});

describe('the cases', () => {
  const all = [...FLOWS, ...Object.values(ATTACKS).flat()];

  it('have an id each', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it('say why they are there', () => {
    expect(all.filter(({ why }) => !/^\S.{10,}\.$/.test(why))).toEqual([]);
  });
});
