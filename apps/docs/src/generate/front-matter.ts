import { parse } from 'yaml';
import { isRecord } from '../is-record.js';

/** A page without what is in front of it, and its title and description from there or from its heading. */
export interface Titled {
  readonly title: string;
  readonly description: string;
  readonly content: string;
}

/** Reads the title, the description and the text of a page. */
export function titled(text: string): Titled {
  const [, yaml = '', content = text] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  const data: unknown = parse(yaml);
  const field = (name: string): string =>
    isRecord(data) && typeof data[name] === 'string' ? data[name] : '';
  const heading = /^# (.+?)(?: \{#.*\})?$/m.exec(content)?.[1] ?? '';
  return {
    title: field('title') || heading,
    description: field('description'),
    content: content.replace(/^\n+/, ''),
  };
}
