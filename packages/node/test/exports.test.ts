import { expect, it } from '@jest/globals';
import * as node from '../src/index.js';

it('exports these values and no others', () => {
  expect(Object.keys(node).sort()).toEqual([
    'answerRefusal',
    'clientCertHeader',
    'createSlot',
    'decideRequest',
    'decideUnheard',
    'factsFromRequest',
    'guardServer',
    'hasLeft',
    'isOwnConnection',
    'isServer',
    'letAnswer',
    'nameTestSource',
    'placeGuard',
    'prepareRequest',
    'publishDecisions',
    'rejectUpgrade',
    'resolveNodeOptions',
    'resolveWithNotice',
    'sendLastProblem',
    'sendProblem',
    'shapeOf',
    'standInFront',
    'stateFor',
    'stripHeaders',
    'tailscaleWhois',
    'testSourceOf',
    'testSourceOfFetch',
    'watchForAdapter',
    'watchServers',
    'watchTrustedProxies',
    'whenOver',
    'withTestHeader',
  ]);
});
