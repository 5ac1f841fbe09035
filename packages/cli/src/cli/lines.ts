import picocolors from 'picocolors';
import { visible } from '../visible.js';
import type { Io } from './io.js';

/** A piece of text in a colour. */
export interface Styled {
  readonly style: 'bold' | 'dim' | 'red' | 'green' | 'yellow';
  readonly text: string;
}

/** One line of output, in pieces. */
export type Line = string | readonly (string | Styled)[];

/** What commands get of the process: they print lines, never text that a terminal might obey. */
export interface LineIo extends Pick<Io, 'env' | 'isInputTerminal' | 'read' | 'write' | 'pause'> {
  print(lines: readonly Line[]): void;
  /** To standard error. */
  note(lines: readonly Line[]): void;
}

/** Gives a piece of text a colour, where there are colours. */
export function styled(style: Styled['style'], text: string): Styled {
  return { style, text };
}

/** The only way from a command to the terminal: every piece is made visible before it is painted. */
export function lineIo(io: Io): LineIo {
  const { env, isInputTerminal, read, write, pause, isColourful } = io;
  return {
    env,
    isInputTerminal,
    read,
    write,
    pause,
    print: (lines) => {
      io.out(render(lines, isColourful));
    },
    note: (lines) => {
      io.err(render(lines, isColourful));
    },
  };
}

/** Turns a text of several lines, whose line breaks are meant, into lines. */
export function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n');
}

function render(lines: readonly Line[], isColourful: boolean): string {
  const pc = picocolors.createColors(isColourful);
  const piece = (one: string | Styled): string =>
    typeof one === 'string' ? visible(one) : pc[one.style](visible(one.text));
  return lines
    .map((line) => `${typeof line === 'string' ? visible(line) : line.map(piece).join('')}\n`)
    .join('');
}
