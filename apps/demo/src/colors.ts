import pc from 'picocolors';

/** Colours for terminals; none in files, pipes and logs, and none where `NO_COLOR` is set. */
export const colors = pc.createColors(pc.isColorSupported && process.stdout.isTTY === true);
