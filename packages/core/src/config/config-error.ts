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
 * `message` names every bad entry, one a line; `issues` holds the same as data, for an application that tells its operator in its
 * own words, by the names of its own settings.
 */
export class ConfigError extends TypeError {
  readonly code: ConfigErrorCode;
  declare readonly issues: readonly ConfigIssue[];

  constructor(code: ConfigErrorCode, issues: readonly ConfigIssue[]) {
    super(issues.map(describeIssue).join('\n'));
    this.name = 'ConfigError';
    this.code = code;
    // Not listed: Node prints what is, and the message has said it already.
    Object.defineProperty(this, 'issues', { value: Object.freeze([...issues]) });
  }
}

function describeIssue({ option, value, problem, instead }: ConfigIssue): string {
  return `${option}: ${value} ${problem}; ${instead}`;
}
