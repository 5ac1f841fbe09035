import type { Language } from './language.js';

export const en: Language = {
  tag: 'en',
  titles: { 401: 'Not signed in', 403: 'No access', 503: 'Not available right now' },
  anonymous: 'You are not signed in here. Open this site through its sign-in page.',
  refused: 'This request is not believed. If this is your site, its log says why.',
  denied: 'You are signed in, but this page is not open to you.',
  unknown: 'You are signed in, but have no account here. Ask whoever runs this site.',
  unavailable: 'Your account cannot be looked up at the moment. Try again in a minute.',
  undecided: 'This site is still starting. Try again in a moment.',
  start: 'Go to the start page',
  signIn: 'Sign in',
};
