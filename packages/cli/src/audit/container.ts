import type { Family } from './ip.js';

/** What the audit needs to know about a container or a compose service. */
export interface Container {
  /** The service’s key where there is one, since that is what compose files know; else the container’s name. */
  readonly name: string;
  /** Other names that people may call it by. */
  readonly aliases: readonly string[];
  /** The compose project that it belongs to; `''` is one without a name; absent outside of compose. */
  readonly project?: string | undefined;
  readonly image: string;
  readonly list: ListSetting;
  readonly mode?: NetworkMode | undefined;
  /** TCP ports that the machine passes on to it, as compose writes them: `8080:3000`, `127.0.0.1:8080:3000`, `3000`. */
  readonly ports: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** Its command line and environment, in which Traefik is told a network. */
  readonly settings: readonly string[];
  /** How many of it run; one, where nothing else is said. */
  readonly replicas?: number;
  /** It starts only when one of its profiles is asked for: it may never run beside the others. */
  readonly isOptional?: boolean;
  readonly attachments: readonly Attachment[];
}

/** What an application's environment says about its trusted proxies. */
export type ListSetting =
  | { readonly kind: 'set'; readonly value: string }
  | { readonly kind: 'unset' }
  /** `why` finishes a sentence that begins with the application’s name. */
  | { readonly kind: 'unknown'; readonly why: string };

/** Where a container has no network of its own. */
export type NetworkMode =
  | { readonly kind: 'host' }
  | { readonly kind: 'container'; readonly of: string }
  /** Docker’s default network, asked for by `network_mode`. */
  | { readonly kind: 'bridge' }
  /** No network at all. */
  | { readonly kind: 'none' }
  /** A network of Docker’s by its name, which compose hands on as it is. */
  | { readonly kind: 'named'; readonly network: string }
  /** Whatever a variable says that nothing sets. */
  | { readonly kind: 'unknown'; readonly variable: string }
  /** Rootless Podman without a network. */
  | { readonly kind: 'rootless'; readonly program: string };

/** A container's place on a network. */
export interface Attachment {
  readonly network: Network;
  readonly addresses: readonly Address[];
  /** Names that it has on that network beside its own: whoever asks Docker for one gets its address. */
  readonly names?: readonly string[];
}

/** An address that others on the network see. */
export interface Address {
  readonly family: Family;
  /** Unknown in a compose file that asks for none. */
  readonly text?: string | undefined;
  /** Whether the address was asked for, and so stays. */
  readonly isStatic: boolean;
}

/** A network, as far as a file or Docker describes it. */
export interface Network {
  /** The same for the same network, wherever it is named. */
  readonly id: string;
  /** What the compose file calls it, else Docker. */
  readonly name: string;
  /** What Docker calls it, where that is known. */
  readonly dockerName?: string | undefined;
  /** `own`: made by the compose project; `external`: made by somebody else; `bridge`: Docker’s default one. */
  readonly kind: 'own' | 'external' | 'bridge';
  readonly families: readonly Family[];
  readonly subnets: readonly NetworkSubnet[];
  /** Its definition in the compose file, which a fragment must repeat: some loaders replace it as a whole. */
  readonly definition?: Readonly<Record<string, unknown>>;
}

/** One of the blocks of a network. */
export interface NetworkSubnet {
  readonly family: Family;
  readonly text: string;
  /** Where none is written, the first address: Docker gives it to the machine. */
  readonly gateway?: string | undefined;
  /** Addresses that Docker keeps back and gives to nobody. */
  readonly reserved?: readonly string[];
  /** Whether the block was asked for, and so stays. */
  readonly isStatic: boolean;
}
