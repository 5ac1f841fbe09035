import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { showDecision } from '@trusted-header/core';
import { addDecisionGetters } from '../src/index.js';

const DECISION = {
  kind: 'authenticated',
  identity: { user: 'john' },
  source: { kind: 'address', address: '127.0.0.1' },
} as const;

/** As Express does: an application's requests inherit from those of all applications, and these from Node's. */
function makeExpress(own: object = {}) {
  const shared: object = Object.assign(Object.create(IncomingMessage.prototype), own);
  const application: object = Object.create(shared, { app: { value: {} } });
  const makeRequest = (): Record<string, unknown> =>
    Object.setPrototypeOf(new IncomingMessage(new Socket()), application);
  return { shared, application, makeRequest };
}

describe('addDecisionGetters', () => {
  it.each([
    ['a request', ({ makeRequest }: ReturnType<typeof makeExpress>) => makeRequest()],
    ['what an application’s requests inherit from', ({ application }) => application],
  ])('lets all requests show what was noted of them, given %s', (_, given) => {
    const express = makeExpress();
    expect(addDecisionGetters(given(express))).toBe(true);
    expect(Object.keys(express.shared)).toEqual(['decision', 'identity']);

    const [noted, refused, other] = [0, 1, 2].map(express.makeRequest);
    if (noted) showDecision(noted, DECISION);
    if (refused) showDecision(refused, { kind: 'refused', reason: 'user-missing' });
    const shown = [noted, refused, other].map((each) => [each?.['decision'], each?.['identity']]);
    expect(shown).toEqual([
      [DECISION, { user: 'john' }],
      [{ kind: 'refused', reason: 'user-missing' }, undefined],
      [undefined, undefined],
    ]);
  });

  it('leaves what is written to a request there', () => {
    const express = makeExpress();
    addDecisionGetters(express.application);
    const [request, other] = [express.makeRequest(), express.makeRequest()];
    showDecision(request, DECISION);
    request['identity'] = { user: 'mary' };
    request['identity'] = { user: 'ann' };
    expect(Object.getOwnPropertyDescriptor(request, 'identity')).toEqual({
      value: { user: 'ann' },
      writable: true,
      enumerable: true,
      configurable: true,
    });
    expect([request['decision'], other['identity']]).toEqual([DECISION, undefined]);
  });

  it('is there once, however often it is asked for', () => {
    const { application, shared } = makeExpress();
    expect([addDecisionGetters(application), addDecisionGetters(application)]).toEqual([
      true,
      true,
    ]);
    expect(Object.keys(shared)).toEqual(['decision', 'identity']);
  });

  it('leaves alone what somebody else has there', () => {
    const { application, shared } = makeExpress({ identity: 'theirs' });
    expect(addDecisionGetters(application)).toBe(false);
    expect(Object.getOwnPropertyDescriptor(shared, 'identity')?.value).toBe('theirs');
  });

  it('leaves alone what all requests of Node have from somebody else', () => {
    const { application, shared } = makeExpress();
    Object.defineProperty(IncomingMessage.prototype, 'identity', {
      value: 'theirs',
      configurable: true,
    });
    try {
      expect(addDecisionGetters(application)).toBe(false);
    } finally {
      Reflect.deleteProperty(IncomingMessage.prototype, 'identity');
    }
    expect(Object.hasOwn(shared, 'identity')).toBe(false);
  });

  it('can be taken away and replaced, as what is assigned can', () => {
    const { application, shared } = makeExpress();
    addDecisionGetters(application);
    const accessor = { enumerable: true, configurable: true };
    expect(Object.getOwnPropertyDescriptor(shared, 'identity')).toMatchObject(accessor);
  });

  it.each([
    ['Node’s own', new IncomingMessage(new Socket())],
    ['what is no request', { socket: {} }],
    ['what inherits from nothing', Object.create(null)],
  ])('changes nothing of %s', (_, request) => {
    expect(addDecisionGetters(request)).toBe(false);
    expect('identity' in request || 'decision' in request).toBe(false);
  });
});
