/** What the audit needs to know about a container or a compose service. */
export interface Container {
  readonly name: string;
  readonly image: string;
  /** Its environment's TRUSTED_PROXIES. */
  readonly trustedProxies?: string | undefined;
  /** `host`: shares the machine's network; `container`: another container's. */
  readonly networkMode?: 'host' | 'container' | undefined;
  /** TCP ports that the machine passes on to it, as compose writes them: `8080:3000`, `127.0.0.1:8080:3000`, `3000`. */
  readonly ports: readonly string[];
  readonly attachments: readonly Attachment[];
}

/** A container's place on a network. */
export interface Attachment {
  readonly network: string;
  /** The address that others on this network see; unknown in a compose file without `ipv4_address`. */
  readonly address?: string | undefined;
  /** The IPv6 address beside an IPv4 one. */
  readonly ipv6?: string | undefined;
  /** Whether the address was asked for, and so stays. */
  readonly isStatic: boolean;
  readonly subnet?: string | undefined;
  /** Where none is written, the first address of an IPv4 subnet: Docker gives it to the machine. */
  readonly gateway?: string | undefined;
}
