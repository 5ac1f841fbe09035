/** Changes of fastify that no test notices, by the reason why that is so. A run that finds another one fails. */
export const SURVIVORS = {
  'For the type checker only: other decisions have no peer and no header.': [
    "fields-of.ts: decision.kind === 'refused' => true",
  ],
  'For the type checker only: other decisions have no identity.': [
    "trusted-header.ts: decision.kind === 'authenticated' => true",
  ],
  'A request that nobody makes is refused with its own decision: it is the same object.': [
    "trusted-header.ts: refusal.kind === 'refused' => true",
  ],
};
