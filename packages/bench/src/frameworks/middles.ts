import type { Server } from 'node:http';
import type { FrameworkRow } from '../results.js';

/** What stands between the server and the handler. */
export type Middle = 'nothing' | 'no-op' | 'by hand' | 'ours' | 'session' | 'signed in';

/** Makes a server, which does not listen yet. Its handler answers with a small object, whatever stands before it. */
export type MakeServer = (middle: Middle) => Promise<Server>;

/** Of every row. Bare twice: what differs between the two is noise. */
export const MIDDLES: Readonly<Record<FrameworkRow['variant'], Middle>> = {
  bare: 'nothing',
  'bare again': 'nothing',
  'no-op middleware': 'no-op',
  'by hand': 'by hand',
  'trusted-header': 'ours',
  'session library': 'session',
  'trusted-header, session, signIn': 'signed in',
};
