import { expect, it } from '@jest/globals';
import * as node from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(node).sort()).toEqual([
    'createSlot',
    'decideRequest',
    'factsFromRequest',
    'guardServer',
    'isOwnConnection',
    'placeGuard',
    'rejectUpgrade',
    'resolveNodeOptions',
    'sendProblem',
    'shapeOf',
    'standInFront',
    'stripHeaders',
    'watchServers',
  ]);
});
