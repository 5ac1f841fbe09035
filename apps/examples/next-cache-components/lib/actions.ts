'use server';

import { requireIdentity } from '@trusted-header/nextjs';
import { updateTag } from 'next/cache';
import { moderators } from './moderators';
import { addNote, removeNote } from './notes';

/** Actions can be called without their page: each asks by itself. */
export async function pin(form: FormData): Promise<void> {
  const { user } = await requireIdentity();
  const text = String(form.get('text') ?? '')
    .trim()
    .slice(0, 200);
  if (text === '') return;
  addNote(user, text);
  updateTag('notes');
}

export async function takeDown(form: FormData): Promise<void> {
  await requireIdentity(moderators);
  removeNote(Number(form.get('id')));
  updateTag('notes');
}
