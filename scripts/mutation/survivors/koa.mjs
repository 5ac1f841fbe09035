/** Changes of koa that no test notices, by the reason why that is so. A run that finds another one fails. */
export const SURVIVORS = {
  'Core asks the same again: what is no text is no route.': [
    "route-of.ts: typeof route === 'string' => true",
  ],
  'For the type checker only: other decisions have no identity.': [
    "trusted-header.ts: decision.kind === 'authenticated' => true",
  ],
  'A request that nobody makes is refused with its own decision: it is the same object.': [
    "trusted-header.ts: refusal.kind === 'refused' => true",
  ],
};
