import { ConfigError, type ConfigIssue } from '../config/config-error.js';
import { configIssue } from '../config/config-issue.js';
import { compileOpen } from './compile-open.js';

/**
 * Checks what adapters are told beside an authenticator's options.
 *
 * @throws {ConfigError} `option-invalid`, with every fault but those of `open`, which come by themselves.
 */
export function checkAdmission(given: {
  readonly anonymous?: unknown;
  readonly open?: readonly string[];
  readonly sameOrigin?: unknown;
  readonly allowedOrigins?: unknown;
  readonly onRefusal?: unknown;
  readonly signIn?: unknown;
}): void {
  const { anonymous = 'refuse', open, sameOrigin, allowedOrigins = [], onRefusal } = given;
  const issues: ConfigIssue[] = [];
  if (anonymous !== 'refuse' && anonymous !== 'allow' && typeof anonymous !== 'function') {
    const instead = "write 'refuse', 'allow' or (request) => …";
    issues.push(configIssue('anonymous', anonymous, 'is not a mode', instead));
  }
  if (![undefined, 'upgrades', 'unsafe', false].some((mode) => mode === sameOrigin)) {
    const instead = "write 'upgrades', 'unsafe' or false";
    issues.push(configIssue('sameOrigin', sameOrigin, 'is not a mode', instead));
  }
  issues.push(...originIssues(allowedOrigins));
  if (onRefusal !== undefined && typeof onRefusal !== 'function') {
    const instead = 'write (refusal, …) => …, or leave it out';
    issues.push(configIssue('onRefusal', onRefusal, 'is not a function', instead));
  }
  if (given.signIn !== undefined && onRefusal !== undefined) {
    const instead = 'leave one of the two out; onRefusal can redirect to signInUrl(…) by itself';
    issues.push(configIssue('signIn', given.signIn, 'has no effect beside onRefusal', instead));
  }
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
  compileOpen(open);
}

function originIssues(origins: unknown): readonly ConfigIssue[] {
  const instead = "write an origin as browsers do: 'https://app.example.com'";
  if (!Array.isArray(origins)) {
    return [configIssue('allowedOrigins', origins, 'is no list of origins', instead)];
  }
  return Array.from<unknown>(origins).flatMap((origin, i) =>
    typeof origin === 'string' && /^https?:\/\/[a-z0-9._:[\]-]+$/.test(origin)
      ? []
      : configIssue(`allowedOrigins[${i}]`, origin, 'is no origin', instead),
  );
}
