/** The tokens of what the application is made with. */
export const LINKS = Symbol('links');
export const DATA = Symbol('data');
export const SESSION = Symbol('session');
