/** Changes of express that no test notices, by the reason why that is so. A run that finds another one fails. */
export const SURVIVORS = {
  'It throws where there is no route yet, and core takes that for none.': [
    'route-of.ts: route?.path => route.path',
  ],
};
