/** Calls something of the application's. One that fails must not decide: the request goes on as it was decided. */
export function quietly(tell: () => unknown): void {
  try {
    const told = tell();
    if (Object(told) === told) void settle(told);
  } catch {
    // It threw.
  }
}

/** Waits for what an observer gave, if it is a promise: one that rejects with nobody listening ends a Node process. */
async function settle(told: unknown): Promise<void> {
  try {
    await told;
  } catch {
    // It rejected, or threw when it was asked.
  }
}
