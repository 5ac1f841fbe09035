/** What all copies of this module in one process share. */
interface Database {
  isDown: boolean;
  lookups: number;
}

const shared: { loginDatabase?: Database } = Object(globalThis);

export function database(): Database {
  shared.loginDatabase ??= { isDown: false, lookups: 0 };
  return shared.loginDatabase;
}
