/** Changes of express that no test notices, by the reason why that is so. A run that finds another one fails. */
export const SURVIVORS = {
  'It throws where there is no route yet, and core takes that for none.': [
    'route-of.ts: route?.path => route.path',
  ],
  'For the type checker only: other decisions have no identity.': [
    "show.ts: decision.kind === 'authenticated' => true",
  ],
  'Time only: getters are there already, and are not added again.': [
    'show.ts: isShown(req, decision) => false',
  ],
  'A request that nobody makes is refused with its own decision: it is the same object.': [
    "trusted-header.ts: refusal.kind === 'refused' => true",
  ],
};
