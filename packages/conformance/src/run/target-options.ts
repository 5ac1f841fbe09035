import { createAuthenticator, withProof } from '@trusted-header/core';
import type { CaseOptions } from '../case.js';
import type { EventRecorder } from '../observe/record-events.js';
import type { TargetOptions } from '../target.js';
import { anonymousAs } from './anonymous-as.js';
import { type CaseProof, createProof } from './create-proof.js';

/** What a target is given of a case's options. */
export interface MadeOptions {
  readonly options: TargetOptions;
  readonly asked: CaseProof['asked'];
}

/** Makes the options of a target: with an authenticator ready, where the case has a proof. */
export function targetOptions(
  { onRefusal: _, probe: __, proof: isProven, ...given }: CaseOptions,
  { log, onDecision }: Pick<EventRecorder, 'log' | 'onDecision'>,
): MadeOptions {
  const { anonymous, open, sameOrigin, allowedOrigins, signIn, ...others } = given;
  const admission = {
    ...(anonymous && { anonymous: anonymousAs(anonymous) }),
    ...(open && { open }),
    ...(sameOrigin !== undefined && { sameOrigin }),
    ...(allowedOrigins && { allowedOrigins }),
    ...(signIn && { signIn }),
  };
  if (!isProven) return { options: { ...others, ...admission, log, onDecision }, asked: [] };
  const { proof, asked } = createProof();
  const authenticator = withProof(createAuthenticator({ ...others, log, onDecision }), proof);
  return { options: { authenticator, ...admission }, asked };
}
