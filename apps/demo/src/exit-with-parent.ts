// Loaded into every app before its own code (`node --import`). The channel to the demo closes when the demo ends,
// however it ends, and an app must not outlive it.
process.once('disconnect', () => process.exit());
// The channel alone is no reason to go on.
process.channel?.unref();
