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
  /** Is called once the user is signed in on the session. */
  readonly onSession?: () => void;
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
      const onSession = isWithout(options) ? undefined : change.onSession;
      return call(original, request, [user, options], rest.find(isFunction), onSession);
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
  onSuccess?: () => void,
): unknown {
  const callback = (error?: unknown): void => {
    if (!error) onSuccess?.();
    done?.(error);
  };
  const promise: unknown = Reflect.apply(method, request, [...args, callback]);
  if (!isPromise(promise)) return promise;
  return done ? promise.then(() => callback(), callback) : promise.then(onSuccess);
}

function promised(start: (done: Callback) => unknown): Promise<void> {
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
