/** A case of the matrix of attacks, and what came of it behind each proxy. */
export interface MatrixCase {
  readonly name: string;
  readonly what: string;
  readonly results: Readonly<Record<string, string>>;
}

export interface MatrixPart {
  readonly title: string;
  readonly cases: readonly MatrixCase[];
}

export interface Matrix {
  /** `nginx 1.22.1, caddy 2.6.2 …` */
  readonly versions: string;
  readonly parts: readonly MatrixPart[];
}

/** Reads `packages/e2e/matrix.md`, which the end-to-end tests write. @throws Error where it is none. */
export function readMatrix(text: string): Matrix {
  const versions = /Versions: ([^\n]*?)\.?$/m.exec(text)?.[1];
  if (versions === undefined) throw new Error('matrix.md: there is no line of versions');
  const parts = text
    .split(/^## /m)
    .slice(1)
    .map((part) => readPart(part));
  return { versions, parts };
}

function readPart(part: string): MatrixPart {
  const lines = part.split('\n');
  const rows = lines.filter((line) => line.startsWith('|')).map(cellsOf);
  const [head = [], , ...rest] = rows;
  const proxies = head.slice(2);
  if (proxies.length === 0) throw new Error(`matrix.md: ${lines[0]} has no table`);
  return {
    title: lines[0] ?? '',
    cases: rest.map(([name = '', what = '', ...results]) => ({
      name: name.replaceAll('`', ''),
      what,
      results: Object.fromEntries(proxies.map((proxy, i) => [proxy, results[i] ?? ''])),
    })),
  };
}

function cellsOf(row: string): string[] {
  return row
    .replace(/^\||\|\s*$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}
