/** What the audit needs to know about a container or a compose service. */
export interface Container {
  readonly name: string;
  readonly image: string;
  /** Its environment's TRUSTED_PROXIES. */
  readonly trustedProxies?: string | undefined;
  /** `host`: shares the machine's network; `container`: another container's. */
  readonly networkMode?: 'host' | 'container' | undefined;
  readonly attachments: readonly Attachment[];
}

/** A container's place on a network. */
export interface Attachment {
  readonly network: string;
  /** The address that others on this network see; unknown in a compose file without `ipv4_address`. */
  readonly address?: string | undefined;
  /** Whether the address was asked for, and so stays. */
  readonly isStatic: boolean;
  readonly subnet?: string | undefined;
  readonly gateway?: string | undefined;
}
