/** A letter, without its case: its low five bits are its place in the alphabet. */
export function bitOf(text: string, place: number): number {
  return 1 << (text.charCodeAt(place) & 31);
}

/** So many letters are told apart. */
export const LETTERS = 32;

/** A place for each length and last letter of a name. */
export function placeOf(name: string): number {
  const { length } = name;
  return length * LETTERS + (name.charCodeAt(length - 1) & 31);
}
