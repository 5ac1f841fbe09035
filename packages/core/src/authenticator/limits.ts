/** Upper bounds of a claim, in UTF-8 bytes of the decoded value or in items. Over: `header-malformed`. */
export interface Limits {
  /** Default 256 bytes. */
  readonly userBytes: number;
  /** Default 512 bytes. */
  readonly nameBytes: number;
  /** Default 320 bytes (RFC 3696 erratum 1690: 64 + 1 + 255). */
  readonly emailBytes: number;
  /** Default 8 192 bytes, the whole header. */
  readonly groupsBytes: number;
  /** Default 512 groups. */
  readonly groups: number;
  /** Default 256 bytes, each group. */
  readonly groupBytes: number;
}
