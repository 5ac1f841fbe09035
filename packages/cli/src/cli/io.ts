/** What a command needs of the process, so that tests can stand in for it. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Colours on a terminal only: in a pipe or a log they are noise. */
  readonly isColourful: boolean;
  /** Whether somebody sits at the keyboard, so that there is nothing to read. */
  readonly isInputTerminal: boolean;
  out(text: string): void;
  err(text: string): void;
  /** All of standard input, or of a file; one character per byte. */
  read(source: '-' | (string & {})): Promise<string>;
  /** Puts a text into a file, in UTF-8. */
  write(file: string, text: string): Promise<void>;
  /** Waits; false ends what goes on until then. */
  pause(milliseconds: number): Promise<boolean>;
}
