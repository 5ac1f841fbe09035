import { expect, it } from '@jest/globals';
import type { Decision, Identity } from '@trusted-header/core';
import fc from 'fast-check';
import { bindIdentity, createSignIn, defineRoles } from '../src/index.js';
import { readBinding } from '../src/session/binding.js';
import { createMemorySession, type SessionStep, type Stored } from './memory-session.js';
import { DECISIONS, STORED } from './truth-table.js';
import { untyped } from './untyped.js';

/** One request: whom the proxy names, what the application says of it, what fails, what somebody has planted before. */
const step = fc.record({
  decision: fc.constantFrom(...Object.keys(DECISIONS)),
  plants: fc.option(fc.constantFrom(...Object.keys(STORED)), { nil: undefined, freq: 8 }),
  fails: fc.option(fc.constantFrom<SessionStep | 'find'>('find', 'read', 'start', 'end', 'hold'), {
    nil: undefined,
    freq: 5,
  }),
  signsOut: fc.constantFrom(false, false, true),
  again: fc.boolean(),
  open: fc.constantFrom(false, false, false, true),
  otherLogin: fc.constantFrom(false, false, false, true),
});

const roles = defineRoles({ admin: 'ops', viewer: '*' });

it('gives the decision’s user and no other, whatever came before and whatever fails', async () => {
  const kinds = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 30 }),
      fc.constantFrom('end' as const, 'keep' as const),
      async (steps, onMissing) => {
        const stored: Stored = { id: 1 };
        const asked: { fails: SessionStep | 'find' | undefined } = { fails: undefined };
        const { session } = createMemorySession(stored, () =>
          asked.fails === 'find' ? undefined : asked.fails,
        );
        const signIn = createSignIn({
          find({ user }: Identity) {
            if (asked.fails === 'find') throw new Error('down');
            return user === 'Alice' ? null : { name: user };
          },
          roles,
          onMissing,
          log: false,
        });
        let hasSignedOut: string | undefined;
        for (const { decision: name, plants, fails, signsOut, ...facts } of steps) {
          const decision = untyped(DECISIONS[name]);
          if (plants !== undefined) {
            stored.binding = STORED[plants];
            stored.data = dataOf(stored.binding);
          }
          const before = structuredClone(stored);
          asked.fails = fails;
          const outcome = await signIn.follow(decision, session, facts);
          kinds.add(outcome.kind);
          const identity = identityOf(decision);

          if (outcome.kind === 'user' && identity) {
            expect(outcome.user.name).toBe(identity.user);
            expect(outcome.roles).toEqual(roles.rolesOf(identity));
            expect(stored.binding).toEqual(bindIdentity(identity));
            // What a handler finds in the session is this user's, with these groups.
            expect([undefined, dataOf(bindIdentity(identity))]).toContain(stored.data);
            stored.data = dataOf(stored.binding);
            if (hasSignedOut !== identity.user) hasSignedOut = undefined;
          } else if (outcome.kind === 'user') {
            // Nobody is named: only `keep`, only what was there, and nothing is written.
            expect([onMissing, decision.kind, facts.open]).toEqual(['keep', 'anonymous', false]);
            expect(stored.binding).toEqual(before.binding);
            expect(dataOf(stored.binding)).toContain(`"user":"${outcome.user.name}"`);
          }
          if (outcome.kind === 'user' && facts.again) hasSignedOut = undefined;
          if (outcome.kind === 'user') expect(hasSignedOut).not.toBe(outcome.user.name);
          if (outcome.kind === 'unavailable' && fails === 'find') expect(stored).toEqual(before);
          if (facts.open && !identity) expect(stored).toEqual(before);
          if (plants?.includes('login of')) expect(stored).toEqual(before);

          if (signsOut && fails === undefined) {
            const bound = stored.binding;
            await signIn.signOut(decision, session);
            expect(stored.binding).toBeUndefined();
            hasSignedOut = identity?.user ?? userOf(bound) ?? hasSignedOut;
          }
        }
      },
    ),
    { numRuns: 150 },
  );
  expect([...kinds].sort()).toEqual(['denied', 'nobody', 'unavailable', 'user']);
});

function identityOf(decision: Decision): Identity | undefined {
  const isNamed = decision?.kind === 'authenticated' && decision.identity.user !== '';
  return isNamed ? decision.identity : undefined;
}

function dataOf(binding: unknown): string {
  return JSON.stringify(binding);
}

/** Whose session it was, if it was one of ours. */
function userOf(bound: unknown): string | undefined {
  const stored = readBinding(bound);
  return stored.kind === 'ours' ? stored.binding.user : undefined;
}
