import { requireIdentity } from '@trusted-header/nextjs';
import { Suspense } from 'react';
import { pin } from '../lib/actions';
import { cachedNotes } from '../lib/cached-notes';

export default function Board() {
  return (
    <>
      <h1>Notice board</h1>
      <Suspense fallback={<p>…</p>}>
        <Notes />
      </Suspense>
    </>
  );
}

/** What signed-in people see is made for them at request time, also where it is the same for all of them. */
async function Notes() {
  const { user } = await requireIdentity();
  const notes = await cachedNotes();
  return (
    <>
      <ul>
        {notes.map(({ id, by, text }) => (
          <li key={id}>
            {text} ({by === user ? 'you' : by})
          </li>
        ))}
      </ul>
      <form action={pin}>
        <input name="text" aria-label="A note" maxLength={200} required />
        <button type="submit">Pin it</button>
      </form>
    </>
  );
}
