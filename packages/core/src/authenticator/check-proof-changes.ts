import { ConfigError, type ConfigIssue } from '../config/config-error.js';
import { configIssue, isObject, unknownNames } from '../config/config-issue.js';
import { checkSecretChange } from './check-secret.js';
import type { ProofChanges } from './proof-options.js';

/** Where the proofs that were asked for at start are told. */
export interface ProofPlaces {
  readonly sharedSecret: { readonly header: unknown } | undefined;
  readonly clientCertificate: { readonly forwarded: unknown } | undefined;
}

/**
 * Lists what is wrong with what is to replace proofs, but for the certificates themselves.
 *
 * Where a proof is told stays what it was: another place that is passed over would be one that somebody relies on.
 *
 * @throws {ConfigError} `option-invalid`, where there is no change to look at.
 */
export function checkProofChanges(
  changes: ProofChanges,
  { sharedSecret, clientCertificate }: ProofPlaces,
): ConfigIssue[] {
  if (!isObject(changes)) throw new ConfigError('option-invalid', [noChange(changes)]);
  const { sharedSecret: secret, clientCertificate: rule } = changes;
  const faults = unknownNames('', changes, ['sharedSecret', 'clientCertificate']);
  if (secret === undefined && rule === undefined) faults.push(noChange(changes));
  if (secret !== undefined && !sharedSecret) faults.push(notAskedFor('sharedSecret'));
  if (rule !== undefined && !clientCertificate) faults.push(notAskedFor('clientCertificate'));
  if (secret !== undefined) faults.push(...checkSecretChange(secret));
  faults.push(...otherThan(sharedSecret?.header, 'sharedSecret', 'header', secret));
  faults.push(...otherThan(clientCertificate?.forwarded, 'clientCertificate', 'forwarded', rule));
  return faults;
}

function otherThan(
  atStart: unknown,
  proof: keyof ProofChanges,
  name: string,
  change: unknown,
): ConfigIssue[] {
  const given: unknown = isObject(change) ? Reflect.get(change, name) : undefined;
  if (given === undefined || given === atStart) return [];
  return [configIssue(`${proof}.${name}`, given, 'cannot be changed', 'leave it out')];
}

function notAskedFor(name: string): ConfigIssue {
  return configIssue(name, name, 'was not asked for at start', 'give it to createAuthenticator');
}

function noChange(changes: unknown): ConfigIssue {
  const instead = 'write { sharedSecret: { values: [ … ] } }';
  return configIssue('proofs', typeof changes, 'changes nothing', instead);
}
