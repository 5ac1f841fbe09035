/** How the bytes of a header value become text. */
export type HeaderEncoding = 'utf-8' | 'latin1' | 'rfc2047' | 'percent' | 'base64' | 'base64url';

/** A header, and how its value is written. */
export interface HeaderSource {
  /**
   * Field name (RFC 9110 token), in the spelling that messages should show. One with `_` (`SM_USER`) is read exactly so,
   * and its twin with `-` is refused as an alias; nginx passes it on only with `underscores_in_headers on`.
   */
  readonly header: string;
  /** Of the line as a whole: what separates groups is looked for in decoded text. Default `utf-8`. */
  readonly encoding?: HeaderEncoding;
}

/** A header that holds one value. */
export interface ValueSource extends HeaderSource {
  /**
   * What stands before each value and is taken off, in printable ASCII: `accounts.google.com:`. A value without it is
   * malformed, and so is nothing behind it.
   */
  readonly prefix?: string;
}

/** The header that names the user. */
export interface UserSource extends ValueSource {
  /**
   * The user may hold a comma, as `Doe, John` and distinguished names do. Where header lines cannot be counted (Fetch
   * `Headers`), such a user is refused all the same: it looks like two joined lines. Default `false`.
   */
  readonly comma?: boolean;
}

/** The header that holds the groups. */
export interface GroupsSource extends HeaderSource {
  /** `dn-list`: each group is a distinguished name (RFC 4514), whose own commas separate nothing. */
  readonly format?: 'dn-list';
  /**
   * What has a backslash before it inside a group: `separator` (`a\;b` is one group, and any other backslash is itself), or
   * `both`, the separator and the backslash (`a\,b`, `CORP\\admins`; a group with any other backslash is left out). Default:
   * nothing, and a group that holds the separator comes out as two. Not with `line`, `dn-list` or a separator of white space.
   */
  readonly escape?: 'separator' | 'both';
  /** What stands between two groups of one line; `'line'`: one group per header line. Default `,`. */
  readonly separator?: string;
}

/** Which headers, separators and encodings an identity provider uses. */
export interface HeaderProfile {
  /** Short name for messages: `authelia`. */
  readonly id: string;
  readonly user: UserSource;
  readonly groups?: GroupsSource;
  readonly name?: ValueSource;
  /** `'user'`: the user's header, where it holds an address. */
  readonly email?: ValueSource | 'user';
  /** Further single-valued headers, by the name under which they appear in `identity.extra`. */
  readonly extra?: Readonly<Record<string, ValueSource>>;
  /**
   * What the product calls people who are not signed in (H13), decoded: as the user, or as the name where there is no
   * user. Such a request is anonymous.
   */
  readonly nobody?: readonly string[];
  /**
   * What the product sends beside the claim: tokens, unsigned copies of the user, metadata. It is no claim and is hidden from the
   * application as well (H10). `X-authentik-meta-*` stands for all names that begin so.
   */
  readonly alsoStripped?: readonly string[];
}
