import { cacheTag } from 'next/cache';
import { allNotes, type Note } from './notes';

/** The same for everybody who may see it, so that it is kept: nothing in here asks who that is. */
export async function cachedNotes(): Promise<readonly Note[]> {
  'use cache';
  cacheTag('notes');
  return allNotes();
}
