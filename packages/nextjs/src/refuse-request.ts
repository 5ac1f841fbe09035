import { type AnonymousMode, type Guard, type Refusal, refusalOf } from '@trusted-header/core';
import type { NextRequest } from 'next/server.js';
import { answerRefusal } from './answer-refusal.js';
import { isImageFetch, isImageForAll, ownImagesOf } from './image-fetch.js';
import { undecidedResponse } from './problem-response.js';
import { type DecidedRequest, findRegistry } from './registry.js';
import type { Undecided } from './request-decision.js';

/** What a request's path asks for. */
export interface Wanted {
  readonly mode: AnonymousMode;
  readonly guards: readonly Guard[];
}

/**
 * Answers a request that is not let through: 503 where nothing is known of it, else 401 or 403. Undefined lets it through.
 */
export async function refuseRequest(
  request: NextRequest,
  found: DecidedRequest | Undecided,
  wanted: Wanted,
): Promise<Response | undefined> {
  if (!('decision' in found)) {
    const isLetThrough = wanted.mode === 'allow' || isImageFetch(request);
    return isLetThrough ? undefined : undecidedResponse(found.reason, request);
  }
  const mode = await modeOfImages(request, found, wanted.mode);
  found.isForAll = mode === 'allow';
  const refusal = await refusalFor(found, { ...wanted, mode });
  if (!refusal) return undefined;
  found.reject?.(refusal);
  return answerRefusal(refusal, request, found);
}

/** An image is open where it is by its own address, whatever `/_next/image` is. */
async function modeOfImages(
  request: NextRequest,
  { target }: DecidedRequest,
  mode: AnonymousMode,
): Promise<AnonymousMode> {
  const images = mode === 'allow' ? ownImagesOf(request, target) : [];
  const areOpen = await Promise.all(images.map(isImageForAll));
  return areOpen.every(Boolean) ? mode : 'refuse';
}

async function refusalFor(
  found: DecidedRequest,
  { mode, guards }: Wanted,
): Promise<Refusal | undefined> {
  const { decision, holder } = found;
  // Asked first: a refusal of nobody is told to the operator, and a file is refused to nobody.
  const isAsked = guards.length > 0 || (mode === 'refuse' && decision.kind === 'anonymous');
  const isFile = isAsked && (await isOpenFile(found));
  // A claim that is refused is refused for files, too.
  const refusal = refusalOf(decision, isFile ? 'allow' : mode, holder);
  if (refusal || isFile) return refusal;
  for (const guard of guards) {
    const denied = guard(decision, holder);
    if (denied) return denied;
  }
  return undefined;
}

/**
 * Tells whether a file of the build is asked for, by its true name (N8), which is everybody's. `/_next/image` is no such file:
 * it fetches what its query names.
 */
async function isOpenFile({ fileTarget }: DecidedRequest): Promise<boolean> {
  return fileTarget !== undefined && ((await findRegistry()?.isBuildFile(fileTarget)) ?? false);
}
