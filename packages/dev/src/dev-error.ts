/** Says, in words for people, why the stand-in cannot start: its message is all that needs to be shown. */
export class DevError extends Error {
  override readonly name = 'DevError';
}
