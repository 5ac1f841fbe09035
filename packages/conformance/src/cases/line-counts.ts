import {
  type ConformanceGroup,
  CUT_OFF,
  forbidden,
  padding,
  toCase,
  UNAUTHORIZED,
} from './build.js';

const rows = [
  {
    id: 'claim-behind-600-lines',
    why: 'among so many lines another claim may be hidden (H11)',
    lines: [...padding(600), 'Remote-User: alice'],
    expect: forbidden('headers-too-many'),
  },
  {
    id: 'claim-before-600-lines',
    why: 'the place among the lines decides nothing (H11)',
    lines: ['Remote-User: alice', ...padding(600)],
    expect: forbidden('headers-too-many'),
  },
  {
    id: 'claim-behind-node-cut-off',
    why: 'Node drops lines past 1 000 in silence: padding takes the proxy’s user away (H11)',
    lines: [...padding(1100), 'Remote-User: alice'],
    expect: CUT_OFF,
  },
  {
    id: 'second-claim-behind-node-cut-off',
    why: 'a client’s user in front, the proxy’s pushed out of sight (H11)',
    lines: ['Remote-User: admin', ...padding(1100), 'Remote-User: alice'],
    expect: CUT_OFF,
  },
  {
    id: 'cut-off-in-public',
    why: 'who cannot be seen is not nobody: an open mount refuses too (H11, D1)',
    path: '/public',
    lines: [...padding(1100), 'Remote-User: alice'],
    expect: CUT_OFF,
  },
  {
    id: 'nobody-with-600-lines',
    why: 'without a claim there is nothing to hide',
    lines: padding(600),
    expect: UNAUTHORIZED,
  },
];

export const lineCounts: ConformanceGroup = {
  title: 'too many header lines',
  cases: rows.map(toCase),
};
