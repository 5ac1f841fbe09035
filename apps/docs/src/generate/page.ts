/** A page of the site: where it is, below the folder of pages, and its Markdown. */
export interface Page {
  /** `proxies/nginx.md` */
  readonly path: string;
  readonly text: string;
}

/** What a page begins with. The description is what search engines and llms.txt show. */
export interface Head {
  readonly title: string;
  readonly description: string;
  /** `false`: no list of headings beside the page. */
  readonly outline?: false;
}

/** Writes a page: front matter, heading, text. */
export function page(path: string, head: Head, ...parts: readonly string[]): Page {
  const { title, description, outline } = head;
  const front = [
    `title: ${JSON.stringify(title)}`,
    `description: ${JSON.stringify(description)}`,
    ...(outline === undefined ? ['outline: [2, 3]'] : ['outline: false']),
  ];
  const text = ['---', ...front, '---', '', `# ${escapeText(title)}`, '', parts.join('\n\n'), ''];
  return { path, text: text.join('\n') };
}

/** Makes plain text safe in Markdown that Vue compiles: no element, no `{{ … }}`, no emphasis by chance. */
export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('{{', '&#123;&#123;')
    .replace(/[*_[\]\\]/g, '\\$&');
}

/** Code in a line: with as many backticks as it needs. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Code in a block, whatever fences are in it. */
export function block(language: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/^`+/gm) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

/** A table; cells are Markdown, and a `|` in them does not end them. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item.replaceAll('\n', '\n  ')}`).join('\n');
}
