import { ConfigError, configIssue } from '@trusted-header/core';

const ORIGIN = /^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/;
const BASE = /^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:\/[\w.~-]+)*\/?$/;

/** Tells whether something is an origin: `https://app.example.com`, in lower case, without a path. */
export function isOrigin(value: unknown): value is string {
  return typeof value === 'string' && ORIGIN.test(value);
}

/** Refuses what is none. */
export function checkOrigin(option: string, value: unknown): void {
  if (isOrigin(value)) return;
  throw new ConfigError('option-invalid', [
    configIssue(option, value, 'is no origin', "write for example 'https://app.example.com'"),
  ]);
}

/** Refuses what is no address of a portal: an origin, with a path if need be. */
export function checkBase(option: string, value: unknown): void {
  if (typeof value === 'string' && BASE.test(value)) return;
  throw new ConfigError('option-invalid', [
    configIssue(
      option,
      value,
      'is no address of a portal',
      "write for example 'https://auth.example.com'",
    ),
  ]);
}
