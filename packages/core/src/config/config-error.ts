/** What is wrong with the configuration, in a form that code can switch on. */
export type ConfigErrorCode =
  | 'trusted-proxies-empty'
  | 'trusted-proxy-invalid'
  | 'profile-invalid'
  | 'option-invalid'
  | 'policy-invalid';

/** One bad entry of an option. */
export interface ConfigIssue {
  /** Where: the option's name, with the position for lists (`trustedProxies[2]`, counted from 0). */
  readonly option: string;
  /** The value as it was given, shortened for display. */
  readonly value: string;
  /** What is wrong with it. */
  readonly problem: string;
  /** What to write instead. */
  readonly instead: string;
}

/**
 * Tells a programmer or operator that the configuration cannot be used. Thrown at construction only, never for a request.
 *
 * `message` names every bad entry, one a line; `issues` holds the same as data.
 */
export class ConfigError extends TypeError {
  readonly code: ConfigErrorCode;
  readonly issues: readonly ConfigIssue[];

  constructor(code: ConfigErrorCode, issues: readonly ConfigIssue[]) {
    super(issues.map(describeIssue).join('\n'));
    this.name = 'ConfigError';
    this.code = code;
    this.issues = Object.freeze([...issues]);
  }
}

function describeIssue({ option, value, problem, instead }: ConfigIssue): string {
  return `${option}: ${value} ${problem}; ${instead}`;
}
