import { dirname, join } from 'node:path';
import { type Document, isNode, Pair, parseDocument, Scalar, visit, YAMLMap } from 'yaml';
import { cliError } from '../cli-error.js';
import { isRecord, textOf } from '../json.js';
import { parseEnvFile } from './env-file.js';
import { type Fields, fieldsOf } from './fields.js';
import { interpolate, type Lookup } from './interpolate.js';
import { mergeCompose, OVERRIDE, RESET } from './merge-compose.js';

/** Reads files as the process does, and knows its environment. */
export interface ComposeSource {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** All of a file as text; throws where it cannot be read. */
  read(file: string): Promise<string>;
}

/** One compose project: its files merged, its variables filled in. */
export interface ComposeProject {
  /** Tells projects of one audit apart: the networks of two are two, whatever they are called. */
  readonly id: number;
  /** Its `name:`, or COMPOSE_PROJECT_NAME; compose takes the folder’s where neither is set. */
  readonly name?: string | undefined;
  readonly folder: string;
  readonly file: Fields;
  /** How it fills a variable in: from the environment, then from `.env`. */
  readonly lookup: Lookup;
}

/**
 * Reads compose files, and merges them as `docker compose -f a -f b` does. A file with a `name:` of its own begins
 * another project.
 *
 * @throws CliError where one of them is no compose file.
 */
export async function readProjects(
  sources: readonly string[],
  from: ComposeSource,
): Promise<ComposeProject[]> {
  const groups: { name: string | undefined; sources: string[]; files: Fields[] }[] = [];
  for (const source of sources) {
    const file = parseYaml(source, await from.read(source));
    const name = textOf(file['name']);
    const last = groups.at(-1);
    if (last && (name === undefined || last.name === undefined || name === last.name)) {
      last.name ??= name;
      last.sources.push(source);
      last.files.push(file);
    } else {
      groups.push({ name, sources: [source], files: [file] });
    }
  }
  return Promise.all(
    groups.map(async ({ name, sources: [first = '-'], files }, id) => {
      const folder = first === '-' ? '.' : dirname(first);
      const lookup = await lookupIn(folder, from);
      return {
        id,
        name: (name && interpolate(name, lookup)) ?? lookup('COMPOSE_PROJECT_NAME'),
        folder,
        file: mergeCompose(files.map((file) => fieldsOf(filled(file, lookup)))),
        lookup,
      };
    }),
  );
}

async function lookupIn(folder: string, { env, read }: ComposeSource): Promise<Lookup> {
  const text = await read(join(folder, '.env')).catch(() => '');
  const fromFile = new Map<string, string>();
  const lookup: Lookup = (name) =>
    (Object.hasOwn(env, name) ? env[name] : undefined) ?? fromFile.get(name);
  for (const [name, value] of parseEnvFile(text)) {
    if (value !== undefined) fromFile.set(name, interpolate(value, lookup));
  }
  return lookup;
}

/** Fills variables into every value; names are not values. */
function filled(value: unknown, lookup: Lookup): unknown {
  if (typeof value === 'string') return interpolate(value, lookup);
  if (Array.isArray(value)) return value.map((one: unknown) => filled(one, lookup));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, filled(inner, lookup)]),
  );
}

function parseYaml(source: string, text: string): Fields {
  const document: Document = parseDocument(text, { merge: true });
  const [error] = document.errors;
  if (error) {
    const [line = 'no YAML'] = String(error).split('\n');
    throw cliError(`--compose: ${source} cannot be read (${line})`);
  }
  markTags(document);
  const file: unknown = toJs(source, document);
  if (isRecord(file) && (isRecord(file['services']) || isRecord(file['networks']))) return file;
  throw cliError(`--compose: ${source} has no services; name a compose file`);
}

/** What compose’s own tags say about merging goes where {@link mergeCompose} sees it. */
function markTags(document: Document): void {
  visit(document, {
    Pair: (_, { key, value }) => {
      const tag = isNode(value) ? value.tag : undefined;
      if (tag === '!reset') return new Pair(key, new Scalar(RESET));
      if (tag !== '!override' || !isNode(value)) return undefined;
      Reflect.deleteProperty(value, 'tag');
      const marked = new YAMLMap();
      marked.set(OVERRIDE, value);
      return new Pair(key, marked);
    },
  });
}

function toJs(source: string, document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw cliError(`--compose: ${source} cannot be read (${String(error)})`);
  }
}
