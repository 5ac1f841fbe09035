/** The three web globals core needs. Everything else of a runtime (`process`, `Buffer`, `Headers`) must not compile here. */

interface TextDecoder {
  decode(input: Uint8Array): string;
}

declare const TextDecoder: {
  new (label: string, options: { fatal: boolean; ignoreBOM?: boolean }): TextDecoder;
};

declare const console: { warn(line: string): void };

/** Time since the process started, which nobody sets. In Node, Bun, Deno, workers and browsers. */
declare const performance: { now(): number };
