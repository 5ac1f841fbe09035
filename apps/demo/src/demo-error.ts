const NAMES = ['DemoError', 'DevError'];

/** Makes an error whose message is all that people need: it is shown without a stack. */
export function demoError(message: string): Error {
  return Object.assign(new Error(message), { name: 'DemoError' });
}

/** Tells whether an error speaks to people: one of ours, or of the portal and the gateways. */
export function isForPeople(error: unknown): error is Error {
  return error instanceof Error && NAMES.includes(error.name);
}
