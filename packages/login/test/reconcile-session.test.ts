import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { bindIdentity, reconcileSession, stillBound } from '../src/index.js';
import { printTable } from './print-table.js';
import { DECISIONS, NOW, OPTIONS, STORED, TRUTH_TABLE } from './truth-table.js';
import { untyped } from './untyped.js';

const README = new URL('../README.md', import.meta.url);
const PRINTED = /(<!-- truth table -->\n)[\s\S]*?(\n<!-- end -->)/;

/** What a session stores of whom the proxy names, written out. */
const BINDINGS: Readonly<Record<string, unknown>> = {
  'alice: dev, ops': { v: 1, via: 'trusted-header', user: 'alice', groups: ['dev', 'ops'] },
  'alice: dev': { v: 1, via: 'trusted-header', user: 'alice', groups: ['dev'] },
  'alice: no group': { v: 1, via: 'trusted-header', user: 'alice', groups: [] },
  'alice: groups not known': { v: 1, via: 'trusted-header', user: 'alice' },
  'alice: ops, dev, ops': { v: 1, via: 'trusted-header', user: 'alice', groups: ['dev', 'ops'] },
  'Alice: dev, ops': { v: 1, via: 'trusted-header', user: 'Alice', groups: ['dev', 'ops'] },
  'bob: dev': { v: 1, via: 'trusted-header', user: 'bob', groups: ['dev'] },
  '__proto__: dev': { v: 1, via: 'trusted-header', user: '__proto__', groups: ['dev'] },
  'alice: 200 groups': {
    v: 1,
    via: 'trusted-header',
    user: 'alice',
    groups: 'sha256:b3f2eba63bbdf6aa9b5c8784fa7fae1df6eea62e0d684efac396a5e5f8b14a59',
  },
};

const decisionOf = (name: string) => untyped(DECISIONS[name]);

describe('the truth table of sessions (P2)', () => {
  it.each(TRUTH_TABLE)('stored %s, named %s, %s: %s, since %s', (stored, decision, given, kind) => {
    expect(Object.keys(STORED)).toContain(stored);
    expect(Object.keys(DECISIONS)).toContain(decision);
    expect(Object.keys(OPTIONS)).toContain(given);
    const action = reconcileSession(STORED[stored], decisionOf(decision), {
      ...OPTIONS[given],
      now: NOW,
    });
    if (kind === 'none' || kind === 'end') {
      expect(action).toEqual({ kind });
    } else {
      // Kept while nobody is named: what was stored goes on.
      const isNobody = decisionOf(decision).kind === 'anonymous';
      const binding = isNobody ? STORED[stored] : BINDINGS[decision];
      expect(action).toEqual({ kind, binding });
    }
  });

  it('has rows that differ, and uses everything it names', () => {
    const keys = TRUTH_TABLE.map((row) => row.slice(0, 3).join(' | '));
    expect(new Set(keys).size).toBe(TRUTH_TABLE.length);
    expect(TRUTH_TABLE.length).toBeGreaterThanOrEqual(40);
    const used = (column: 0 | 1 | 2): readonly string[] =>
      [...new Set(TRUTH_TABLE.map((row) => row[column]))].sort();
    expect(used(0)).toEqual(Object.keys(STORED).sort());
    expect(used(1)).toEqual(Object.keys(DECISIONS).sort());
    expect(used(2)).toEqual(Object.keys(OPTIONS).sort());
  });

  it('is the one that the README prints (WRITE_TRUTH_TABLE=1 writes it there)', () => {
    const table = printTable(TRUTH_TABLE);
    if (process.env.WRITE_TRUTH_TABLE === '1') {
      const text = readFileSync(README, 'utf8');
      writeFileSync(
        README,
        text.replace(PRINTED, (_, from, to) => `${from}${table}${to}`),
      );
    }
    expect(readFileSync(README, 'utf8')).toContain(`<!-- truth table -->\n${table}\n<!-- end -->`);
  });
});

describe('whatever is stored', () => {
  const everything = Object.keys(STORED).flatMap((stored) =>
    Object.keys(DECISIONS).flatMap((decision) =>
      Object.keys(OPTIONS).map((given) => ({ stored, decision, given })),
    ),
  );
  const actionOf = ({ stored, decision, given }: (typeof everything)[number]) =>
    reconcileSession(STORED[stored], decisionOf(decision), { ...OPTIONS[given], now: NOW });

  it('never goes on with a user whom the proxy does not name, where it names one', () => {
    for (const it of everything) {
      const action = actionOf(it);
      const decision = decisionOf(it.decision);
      if (!('binding' in action) || decision.kind !== 'authenticated') continue;
      expect(action.binding).toEqual(bindIdentity(decision.identity));
    }
  });

  it('never goes on with anybody where the claim is refused or is none of ours', () => {
    for (const it of everything) {
      const kind = decisionOf(it.decision)?.kind;
      if (kind === 'authenticated' || kind === 'anonymous') continue;
      expect(['none', 'end']).toContain(actionOf(it).kind);
    }
  });

  it('ends nothing on an open path where nobody is named', () => {
    for (const it of everything) {
      if (OPTIONS[it.given]?.open !== true || decisionOf(it.decision)?.kind === 'authenticated') {
        continue;
      }
      expect({ ...it, action: actionOf(it) }).toEqual({ ...it, action: { kind: 'none' } });
    }
  });

  it('gives an action that survives JSON, and is the same again', () => {
    for (const it of everything) {
      const action = actionOf(it);
      expect(JSON.parse(JSON.stringify(action))).toEqual(action);
      expect(actionOf(it)).toEqual(action);
      if (!('binding' in action) || decisionOf(it.decision).kind !== 'authenticated') continue;
      const next = JSON.parse(JSON.stringify(action.binding));
      expect(reconcileSession(next, decisionOf(it.decision), { now: NOW }).kind).toBe('keep');
    }
  });
});

describe('the claim of a token', () => {
  const claim = bindIdentity({ user: 'alice', groups: ['ops', 'dev'] });

  it('is bound as long as the proxy names the same user with the same groups', () => {
    expect(stillBound(claim, decisionOf('alice: dev, ops'))).toBe(true);
    expect(stillBound(JSON.parse(JSON.stringify(claim)), decisionOf('alice: dev, ops'))).toBe(true);
    expect(stillBound(claim, decisionOf('alice: dev'))).toBe(false);
    expect(stillBound(claim, decisionOf('bob: dev'))).toBe(false);
    expect(stillBound(claim, decisionOf('refused: peer-untrusted'))).toBe(false);
    expect(stillBound(claim, decisionOf('no decision'))).toBe(false);
  });

  it('is not bound where nobody is named, unless the application says so', () => {
    expect(stillBound(claim, decisionOf('nobody'))).toBe(false);
    expect(stillBound(claim, decisionOf('nobody'), { onMissing: 'keep' })).toBe(true);
    expect(stillBound(claim, decisionOf('refused: peer-untrusted'), { onMissing: 'keep' })).toBe(
      false,
    );
  });

  it.each([undefined, null, {}, [], 'alice', { sub: 'alice' }, { ...claim, v: 2 }])(
    'is not bound if it is %j',
    (odd) => {
      expect(stillBound(odd, decisionOf('alice: dev, ops'))).toBe(false);
      expect(stillBound(odd, decisionOf('nobody'), { onMissing: 'keep' })).toBe(false);
    },
  );
});
