import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workspace.mjs';

const LONGEST = 40;

/** Tells what is wrong with the name of a new package; undefined if nothing is. */
export function faultIn(name) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    return `${JSON.stringify(name)} is no name for a package: lower-case letters, digits and single hyphens, a letter first`;
  }
  if (name.length > LONGEST)
    return `the name has ${name.length} characters, and may have ${LONGEST}`;
  if (existsSync(join(root, 'packages', name))) return `packages/${name} is there already`;
  // Biome's files, and jest's projects, would be taken for those of an app or an example.
  if (/^(app|example)-/.test(name)) return `${name} would be the name of an app's tests`;
  return undefined;
}
