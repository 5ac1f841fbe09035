import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workspace.mjs';

/** They compare documents, not code: what they read is not in the sandbox, and code that counts its steps is another. */
const OF_DOCUMENTS = /(?:^|\/)(?:exports|reviewing|.*-matrix)\.test\.ts$/;

/** It asks for half a million addresses, which code that counts its steps takes minutes for. Properties ask for some of them. */
const OF_MANY = /(?:^|\/)every-ipv4\.test\.ts$/;

/**
 * The test files of a package below its folder `test`, the quick ones first: a change is tried by them in this order.
 *
 * @param parts Of names, separated by commas, to take some of them only.
 */
export function testFilesOf(name, parts = '') {
  const tests = join(root, 'packages', name, 'test');
  return readdirSync(tests, { recursive: true })
    .filter((file) => file.endsWith('.test.ts') && !OF_DOCUMENTS.test(file) && !OF_MANY.test(file))
    .filter((file) => parts.split(',').some((part) => file.includes(part)))
    .map((file) => ({ file, cost: costOf(readFileSync(join(tests, file), 'utf8')) }))
    .sort((a, b) => a.cost - b.cost || (a.file < b.file ? -1 : 1))
    .map(({ file }) => file);
}

/** Tells what a test costs: it runs hundreds of cases (2), starts processes (1), or neither (0). */
export function costOf(test) {
  if (/\bdefine(?:Conformance|Login)/.test(test)) return 2;
  return /-process\.js'|child_process/.test(test) ? 1 : 0;
}
