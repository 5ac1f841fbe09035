// TypeScript as it is in use, and how each version finds packages.

/** Which versions, oldest first. `options` are what a version needs to go on with the older ways. */
export const TYPESCRIPTS = [
  { version: '~5.4.0', number: 5.4, options: { skipLibCheck: true } },
  { version: '~5.9.0', number: 5.9, options: { skipLibCheck: true } },
  { version: '^6.0.0', number: 6, options: { skipLibCheck: true, ignoreDeprecations: '6.0' } },
  // Quick enough to check our declarations as well, whoever else's have errors.
  { version: '^7.0.0', number: 7 },
];

/** How packages are found; `since` and `until` are the versions that know the way. */
export const MODES = {
  node10: { module: 'commonjs', moduleResolution: 'node10', until: 6 },
  node16: { module: 'node16', moduleResolution: 'node16' },
  // Its resolution is that of node16, told from `module`.
  node20: { module: 'node20', since: 5.9 },
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
};

/** Whether the nearest package.json says `"type": "module"`: which of the two a `.ts` file is in `node16` and after. */
export const PACKAGE_TYPES = ['module', 'commonjs'];
