import { readFileSync } from 'node:fs';
import { DevError } from '../dev-error.js';
import type { DevOptions } from '../options.js';

/**
 * Reads options from a JSON file. What is in it is checked later, with everything else.
 *
 * @throws {DevError} Where there is no such file, or no JSON object in it.
 */
export function readConfig(file: string): Partial<DevOptions> {
  const value = parse(file, read(file));
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new DevError(
    `--config: ${file} holds no object; write { "users": [ … ], "upstreams": [ … ] }`,
  );
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new DevError(`--config: ${file} cannot be read; name a JSON file`);
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DevError(`--config: ${file} is not JSON (${String(error)})`);
  }
}
