/** A note on the board. */
export interface Note {
  readonly id: number;
  readonly by: string;
  readonly text: string;
}

/** Stands for your database. Next makes several copies of a module, and one process has one `globalThis`. */
const shared: { exampleNotes?: Note[] } = Object(globalThis);

export function allNotes(): readonly Note[] {
  shared.exampleNotes ??= [{ id: 1, by: 'alice', text: 'Cake in the kitchen' }];
  return shared.exampleNotes;
}

export function addNote(by: string, text: string): void {
  const notes = allNotes();
  const id = Math.max(0, ...notes.map((note) => note.id)) + 1;
  shared.exampleNotes = [...notes, { id, by, text }];
}

export function removeNote(id: number): void {
  shared.exampleNotes = allNotes().filter((note) => note.id !== id);
}
