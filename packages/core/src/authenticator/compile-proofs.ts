import {
  type CertificateRule,
  type ClientCertificateOptions,
  compileCertificateRule,
} from '../certificate/compile-certificate-rule.js';
import { ConfigError, type ConfigIssue } from '../config/config-error.js';
import { configIssue } from '../config/config-issue.js';
import type { RequestFacts } from '../decision.js';
import { compileProofField, type ScannedField } from '../headers/field.js';
import { foldName } from '../headers/fold-name.js';
import type { HeaderScan } from '../headers/scan-headers.js';
import type { AuthenticatorOptions } from './authenticator.js';
import { checkProofChanges } from './check-proof-changes.js';
import { checkSecret } from './check-secret.js';
import { judgeConnection, judgeForwarded, judgeSecret, type ProofFault } from './judge-proofs.js';
import type { ProofChanges } from './proof-options.js';

/** The proofs that a claim needs beside its address (T6), compiled. */
export interface Proofs {
  /** The headers that they are in, which nobody behind may see. */
  readonly fields: readonly ScannedField[];
  /** What goes with them, in lower case. */
  readonly hidden: readonly string[];
  /** Tells what is missing or wrong; undefined where all proofs hold. */
  judge(facts: RequestFacts, scan: HeaderScan): ProofFault | undefined;
  /** @throws {ConfigError} `option-invalid`; then nothing has changed. */
  change(changes: ProofChanges): void;
}

type ProofOptions = Pick<AuthenticatorOptions, 'sharedSecret' | 'clientCertificate'>;

/**
 * Compiles `sharedSecret` and `clientCertificate`; undefined where neither is asked for, which costs requests nothing.
 *
 * @param others The identity headers, none of which may be a proof's as well.
 * @throws {ConfigError} `option-invalid`, with every fault at once.
 */
export function compileProofs(
  { sharedSecret, clientCertificate }: ProofOptions,
  others: readonly ScannedField[],
): Proofs | undefined {
  if (sharedSecret === undefined && clientCertificate === undefined) return undefined;
  const issues = sharedSecret === undefined ? [] : checkSecret(sharedSecret);
  let certificates = ruleOf(clientCertificate, issues);
  refuse(issues);
  const reader = certificates?.forwarded;
  let values = sharedSecret?.values.slice();
  // Objects of their own: who changes those that were given changes no proof.
  const places = {
    sharedSecret: sharedSecret && { header: sharedSecret.header },
    clientCertificate: clientCertificate && { forwarded: clientCertificate.forwarded },
  };

  const secretField =
    sharedSecret && compileProofField(others.length, 'secret', sharedSecret.header);
  const certificateField =
    reader && compileProofField(others.length + (secretField ? 1 : 0), 'secret', reader.header);
  const fields = [secretField, certificateField].flatMap((field) => field ?? []);
  refuse(alikeIssues(fields, others));

  const hidden = reader?.alsoStripped?.map((name) => name.toLowerCase()) ?? [];
  return { fields, hidden, judge, change };

  function judge(facts: RequestFacts, { lines }: HeaderScan): ProofFault | undefined {
    const fault =
      secretField && values && judgeSecret(secretField, lines[secretField.index], values);
    if (fault || !certificates) return fault;
    return certificateField && reader
      ? judgeForwarded(certificateField, lines[certificateField.index], reader, certificates)
      : judgeConnection(facts, certificates);
  }

  function change(changes: ProofChanges): void {
    const faults = checkProofChanges(changes, places);
    const { sharedSecret: secret, clientCertificate: rule } = changes;
    const changed = ruleOf(rule, faults);
    refuse(faults);
    values = secret?.values.slice() ?? values;
    certificates = changed ?? certificates;
  }
}

function ruleOf(
  options: ClientCertificateOptions | undefined,
  issues: ConfigIssue[],
): CertificateRule | undefined {
  if (options === undefined) return undefined;
  const rule = compileCertificateRule(options);
  if (!('issues' in rule)) return rule;
  issues.push(...rule.issues);
  return undefined;
}

function alikeIssues(
  fields: readonly ScannedField[],
  others: readonly ScannedField[],
): ConfigIssue[] {
  const taken = new Set(others.map(({ header }) => foldName(header)));
  return fields.flatMap(({ header }) => {
    const isTaken = taken.has(foldName(header));
    taken.add(foldName(header));
    const problem = 'is the header of another value too';
    return isTaken ? [configIssue('proof', header, problem, 'give each a header of its own')] : [];
  });
}

function refuse(issues: readonly ConfigIssue[]): void {
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
}
