import { expect, it } from '@jest/globals';
import * as node from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(node).sort()).toEqual([
    'answerRefusal',
    'createSlot',
    'decideRequest',
    'factsFromRequest',
    'guardServer',
    'isOwnConnection',
    'letAnswer',
    'nameTestSource',
    'placeGuard',
    'rejectUpgrade',
    'resolveNodeOptions',
    'sendLastProblem',
    'sendProblem',
    'shapeOf',
    'standInFront',
    'stripHeaders',
    'testSourceOf',
    'watchServers',
    'withTestHeader',
  ]);
});
