/** Where to connect to, and from which port. */
export interface Destination {
  readonly address: string;
  readonly port: number;
  readonly localPort?: number;
  /** The name to ask for by SNI. Without it the connection is plain TCP. */
  readonly tls?: string;
  /** The certificate to show to a server that asks for one. */
  readonly certificate?: { readonly cert: string; readonly key: string };
}

/** Bytes to be written as they are, one character a byte, and what comes back. */
export interface RawOrder {
  readonly kind: 'raw';
  readonly to: Destination;
  /** Written one after the other, with a pause between them. */
  readonly parts: readonly string[];
  /** How long nothing must come before the answer counts as complete. */
  readonly quietMs: number;
}

/** Requests of a well-behaved client over one connection: one after the other, or all at once. */
export interface RequestsOrder {
  readonly kind: 'requests';
  readonly to: Destination;
  readonly version: '1.1' | '2';
  readonly requests: readonly HttpRequest[];
  readonly connections?: number;
}

/** One request. Header lines go out as they are; over HTTP/2 `host` becomes `:authority`. */
export interface HttpRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  /** Sends this many bytes, all `x`, instead of a body. */
  readonly bodySize?: number;
}

/** A WebSocket that is opened, told something, and closed after as many answers. */
export interface WebSocketOrder {
  readonly kind: 'websocket';
  readonly to: Destination;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly messages: readonly string[];
  /** How many messages to wait for. */
  readonly answers: number;
}

export type Order = RawOrder | RequestsOrder | WebSocketOrder;

/** An answer to a request, whatever the protocol. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded as UTF-8. */
  readonly body: string;
  /** Milliseconds from the first byte of the body to its end. */
  readonly streamedForMs: number;
}

/** What came of an order. */
export type Result =
  | { readonly kind: 'raw'; readonly received: string; readonly isClosed: boolean }
  | { readonly kind: 'replies'; readonly replies: readonly Reply[] }
  | { readonly kind: 'messages'; readonly reply: Reply; readonly messages: readonly string[] }
  /** No connection, or it broke before an answer. */
  | { readonly kind: 'failed'; readonly error: string };
