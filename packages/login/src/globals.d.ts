/** The few globals that every runtime has, beyond the language. Everything else must not compile here. */

declare const console: { warn(line: string): void };

declare function setTimeout(callback: () => void, milliseconds: number): unknown;
declare function clearTimeout(timer: unknown): void;

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

declare const AbortController: {
  new (): { readonly signal: AbortSignal; abort(reason?: unknown): void };
};
