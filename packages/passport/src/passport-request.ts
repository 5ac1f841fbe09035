import type { NodeRequest } from '@trusted-header/node';

/** Finds Node's request: it is Passport's own, or below that of Fastify, or below what koa-passport makes. */
export function nodeRequestOf(request: object): NodeRequest | undefined {
  return [request, Reflect.get(request, 'raw'), Reflect.get(request, 'req')].find(isNodeRequest);
}

/** Ends a request that nobody can answer, and says what has happened. */
export function hangUp(request: object, error: unknown): void {
  const what = "a callback of passport.authenticate('trusted-header') has thrown";
  console.error(`trusted-header: ${what}: hand errors to next() there`, error);
  nodeRequestOf(request)?.socket.destroy();
}

function isNodeRequest(value: unknown): value is NodeRequest {
  return typeof value === 'object' && value !== null && 'rawHeaders' in value && 'socket' in value;
}

const LOG_IN = ['logIn', 'login'];

/** What is different about signing one user in, for one request. */
export interface LogInChange {
  /** Instead of what the application says about the session. */
  readonly session?: false;
  /** What is left to do once Passport has signed the user in on the session, and before anybody hears of it. */
  readonly onSession?: () => Promise<void>;
}

/**
 * Changes what `request.logIn(user)` does for this user and request, whoever calls it: Passport after `success`, or the application
 * in a callback of its own. For any other user it does what it did.
 */
export function changeLogIn(request: object, user: object, change: LogInChange): void {
  for (const name of LOG_IN) {
    const original: unknown = Reflect.get(request, name);
    if (!isFunction(original)) continue;
    const logIn = (candidate: unknown, ...rest: readonly unknown[]): unknown => {
      if (candidate !== user) return Reflect.apply(original, request, [candidate, ...rest]);
      const given = rest.find((it) => typeof it === 'object' && it !== null);
      const options = { ...given, ...(change.session === false && { session: false }) };
      const done = rest.find(isFunction);
      if (isWithout(options) || !change.onSession) {
        return call(original, request, [user, options], done);
      }
      const signedIn = promised((ready) => call(original, request, [user, options], ready))
        .then(change.onSession)
        .catch((error) => showNobody(request).then(() => Promise.reject(error)));
      if (done) return told(request, signedIn, done);
      // Who does not wait for it, as nobody had to, is not ended by it.
      signedIn.catch(() => undefined);
      return signedIn;
    };
    Object.defineProperty(request, name, { value: logIn, configurable: true, writable: true });
  }
}

/** Shows nobody to what comes behind, whoever an older session has restored. The session stays. */
export async function showNobody(request: object): Promise<void> {
  const logIn: unknown = Reflect.get(request, 'logIn');
  if (!isFunction(logIn)) return;
  await promised((done) => call(logIn, request, [null, { session: false }], done));
}

/** Signs out: Passport takes its user from the session, and begins another. */
export async function logOut(request: object): Promise<void> {
  const method: unknown = Reflect.get(request, 'logOut');
  if (!isFunction(method)) return;
  await promised((done) => call(method, request, [], done));
}

type AnyFunction = (...args: readonly unknown[]) => unknown;
type Callback = (error?: unknown) => void;

/** Calls a method of Passport's, which calls back, or of @fastify/passport's, which gives a promise. */
function call(
  method: AnyFunction,
  request: object,
  args: readonly unknown[],
  done: AnyFunction | undefined,
): unknown {
  const result: unknown = Reflect.apply(method, request, [...args, done]);
  return done && isPromise(result) ? result.then(() => done(), done) : result;
}

/** Calls back, and lets nothing that is thrown there end the process. */
function told(request: object, promise: Promise<void>, done: AnyFunction): Promise<unknown> {
  return promise.then(() => done(), done).catch((error) => hangUp(request, error));
}

/** Waits for what calls back. */
export function promised(start: (done: Callback) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => (error ? reject(error) : resolve()));
  });
}

function isWithout(options: { readonly session?: unknown }): boolean {
  return options.session === false;
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === 'function';
}
