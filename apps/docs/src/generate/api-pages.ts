import {
  ApiDeclaredItem,
  ApiDocumentedItem,
  type ApiEntryPoint,
  type ApiItem,
  ApiItemContainerMixin,
  ApiItemKind,
  ApiModel,
  ApiPackage,
} from '@microsoft/api-extractor-model';
import type { DocComment } from '@microsoft/tsdoc';
import { block, code, escapeText, type Page, page, table } from './page.js';
import { markdownOf } from './tsdoc.js';

const ORDER: readonly ApiItemKind[] = [
  ApiItemKind.Function,
  ApiItemKind.Class,
  ApiItemKind.Variable,
  ApiItemKind.Interface,
  ApiItemKind.TypeAlias,
];

/** A file of api-extractor's model, and what is imported by it: `@trusted-header/core/profiles`. */
export interface ApiFile {
  readonly path: string;
  readonly importedAs: string;
  /** `core-profiles` */
  readonly name: string;
}

/** A page for each entry point: every exported name with its signature, its documentation and its examples. */
export function apiPages(files: readonly ApiFile[]): Page[] {
  const index = page(
    'api/index.md',
    {
      title: 'API reference',
      description: 'Every exported name of every package, from its types.',
    },
    table(
      ['import', 'names'],
      files.map((file) => [
        `[${code(file.importedAs)}](/api/${file.name})`,
        String(membersOf(file).length),
      ]),
    ),
  );
  return [index, ...files.map(apiPage)];
}

function apiPage(file: ApiFile): Page {
  return page(
    `api/${file.name}.md`,
    { title: file.importedAs, description: `Every exported name of ${file.importedAs}.` },
    ...membersOf(file).map(itemText),
  );
}

function membersOf({ path }: ApiFile): ApiItem[] {
  const loaded = ApiPackage.loadFromJsonFile(path);
  // Inherited documentation is looked up in a model.
  new ApiModel().addMember(loaded);
  const entry: ApiEntryPoint | undefined = loaded.entryPoints[0];
  return [...(entry?.members ?? [])].sort(
    (a, b) =>
      ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
      a.displayName.localeCompare(b.displayName, 'en'),
  );
}

function itemText(item: ApiItem): string {
  const comment = commentOf(item);
  return [
    `## ${escapeText(item.displayName)}`,
    ...textsOf(comment),
    ...(item instanceof ApiDeclaredItem ? [block('ts', signatureOf(item))] : []),
    ...propertyTable(item),
    ...parameterTable(comment),
    ...blocksOf(comment),
  ].join('\n\n');
}

function signatureOf(item: ApiDeclaredItem): string {
  const text = item.excerpt.text.replace(/^export declare /, '');
  const isBraced = item.kind === ApiItemKind.Interface || item.kind === ApiItemKind.Class;
  if (!isBraced || !ApiItemContainerMixin.isBaseClassOf(item)) return text;
  const members = item.members.flatMap((member) =>
    member instanceof ApiDeclaredItem ? [`  ${member.excerpt.text}`] : [],
  );
  return [`${text} {`, ...members, '}'].join('\n');
}

function propertyTable(item: ApiItem): string[] {
  if (!ApiItemContainerMixin.isBaseClassOf(item)) return [];
  const rows = item.members.flatMap((member) => {
    const text = textsOf(commentOf(member)).join(' ');
    return text === '' ? [] : [[code(member.displayName), text]];
  });
  return rows.length > 0 ? [table(['property', 'what it is'], rows)] : [];
}

function parameterTable(comment: DocComment | undefined): string[] {
  const rows = (comment?.params.blocks ?? []).map((param) => [
    code(param.parameterName),
    markdownOf(param.content),
  ]);
  return rows.length > 0 ? [table(['parameter', 'what it is'], rows)] : [];
}

function textsOf(comment: DocComment | undefined): string[] {
  if (!comment) return [];
  return [comment.summarySection, comment.remarksBlock?.content]
    .flatMap((section) => (section ? [markdownOf(section)] : []))
    .filter((text) => text !== '');
}

function blocksOf(comment: DocComment | undefined): string[] {
  if (!comment) return [];
  const titles: Readonly<Record<string, string>> = { '@example': '', '@throws': '**Throws** ' };
  return [
    ...(comment.returnsBlock ? [`**Returns** ${markdownOf(comment.returnsBlock.content)}`] : []),
    ...comment.customBlocks.flatMap(({ blockTag, content }) => {
      const title = titles[blockTag.tagName];
      return title === undefined ? [] : [`${title}${typeFirst(markdownOf(content))}`];
    }),
  ];
}

/** `{ConfigError} …` as JSDoc has it. */
function typeFirst(text: string): string {
  return text.replace(/^\\?\{(\w+)\\?\}/, (_, type: string) => code(type));
}

function commentOf(item: ApiItem): DocComment | undefined {
  return item instanceof ApiDocumentedItem ? item.tsdocComment : undefined;
}
