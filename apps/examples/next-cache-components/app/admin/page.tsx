import { requireIdentity } from '@trusted-header/nextjs';
import { Suspense } from 'react';
import { takeDown } from '../../lib/actions';
import { cachedNotes } from '../../lib/cached-notes';
import { moderators } from '../../lib/moderators';

export default function Moderate() {
  return (
    <>
      <h1>Moderate</h1>
      <Suspense fallback={<p>…</p>}>
        <Notes />
      </Suspense>
    </>
  );
}

/** proxy.ts has answered 403 to others. This is what protects the notes, if it ever does not. */
async function Notes() {
  await requireIdentity(moderators);
  const notes = await cachedNotes();
  return (
    <ul>
      {notes.map(({ id, by, text }) => (
        <li key={id}>
          {text} ({by})
          <form action={takeDown}>
            <input type="hidden" name="id" value={id} />
            <button type="submit">Take down</button>
          </form>
        </li>
      ))}
    </ul>
  );
}
