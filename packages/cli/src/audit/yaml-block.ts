import { isRecord } from '../json.js';
import { asWritten } from './interpolate.js';
import { yamlText } from './yaml-text.js';

const COMMENT: unique symbol = Symbol('comment');

/** A text with a comment behind it. */
export interface Commented {
  readonly value: string;
  readonly [COMMENT]: string;
}

/** Gives a text a comment. */
export function commented(value: string, comment: string): Commented {
  return { value, [COMMENT]: comment };
}

/**
 * Writes fields as a piece of a compose file. Every name and text is one YAML scalar, whatever stands in it, and a
 * dollar sign is one that compose does not take for a variable.
 */
export function yamlBlock(fields: Readonly<Record<string, unknown>>, indent = ''): string {
  return Object.entries(fields)
    .map(([key, value]) => `${indent}${yamlText(key)}:${yamlValue(value, indent)}`)
    .join('');
}

function yamlValue(value: unknown, indent: string): string {
  if (isCommented(value)) return ` ${scalar(value.value)} # ${value[COMMENT]}\n`;
  if (Array.isArray(value))
    return value.length === 0 ? ' []\n' : `\n${yamlList(value, `${indent}  `)}`;
  if (!isRecord(value)) return ` ${scalar(value)}\n`;
  const inner = yamlBlock(value, `${indent}  `);
  return inner === '' ? ' {}\n' : `\n${inner}`;
}

function yamlList(values: readonly unknown[], indent: string): string {
  return values
    .map((value) => {
      if (!isRecord(value) || Object.keys(value).length === 0) {
        return `${indent}- ${isRecord(value) ? '{}' : scalar(value)}\n`;
      }
      return `${indent}- ${yamlBlock(value, `${indent}  `).slice(indent.length + 2)}`;
    })
    .join('');
}

function scalar(value: unknown): string {
  if (typeof value === 'string') return yamlText(asWritten(value.replaceAll('$', '$$$$')));
  return JSON.stringify(value ?? null);
}

function isCommented(value: unknown): value is Commented {
  return typeof value === 'object' && value !== null && COMMENT in value;
}
