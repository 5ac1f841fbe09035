/** What a page says to people in one language. A sentence that is missing does not compile. */
export interface Language {
  /** The language tag (RFC 5646). */
  readonly tag: string;
  /** The heading and title, by status. */
  readonly titles: Readonly<Record<401 | 403 | 503, string>>;
  /** Nobody is signed in. */
  readonly anonymous: string;
  /** A claim is not believed. */
  readonly refused: string;
  /** A user who may not. */
  readonly denied: string;
  /** A user whom the application does not know. */
  readonly unknown: string;
  /** The application cannot look its user up, for now. */
  readonly unavailable: string;
  /** The application has not started yet. */
  readonly undecided: string;
  /** The link to the start page. */
  readonly start: string;
  /** The link to the portal's sign-in page. */
  readonly signIn: string;
}
