/** Makes the error of a store that does not answer. Koa and Express answer with its `status`, Nest with its `statusCode`. */
export function dataError(what: string, cause: unknown): Error {
  const error = new Error(`${what} does not answer`, { cause });
  return Object.assign(error, { name: 'DataError', status: 503, statusCode: 503, expose: true });
}

/** Tells whether an error says that a store does not answer. */
export function isDataError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'DataError';
}

/** Runs what needs a store. */
export type WithStore = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Makes a function that runs what needs a store. What fails is a {@link dataError}; the log has one line when the store stops
 * answering, and one when it answers again.
 */
export function createWithStore(what: string, log: (line: string) => void): WithStore {
  let isDown = false;
  return async (work) => {
    try {
      const result = await work();
      if (isDown) log(`${what} answers again`);
      isDown = false;
      return result;
    } catch (error) {
      if (!isDown) log(`${what} does not answer: ${describe(error)}`);
      isDown = true;
      throw dataError(what, error);
    }
  };
}

/** Two addresses of one host that both fail are an error without a message. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join(', ');
  return error instanceof Error ? error.message : String(error);
}
