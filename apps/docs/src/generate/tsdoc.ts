import {
  DocCodeSpan,
  DocErrorText,
  DocEscapedText,
  DocFencedCode,
  DocHtmlEndTag,
  DocHtmlStartTag,
  DocLinkTag,
  type DocNode,
  DocNodeContainer,
  DocParagraph,
  DocPlainText,
  DocSoftBreak,
} from '@microsoft/tsdoc';
import { block, code, escapeText } from './page.js';

/** Writes a part of a doc comment as Markdown. A link to another name of the package leads to its heading. */
export function markdownOf(node: DocNode): string {
  return textOf(node)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function textOf(node: DocNode): string {
  if (node instanceof DocPlainText) return escapeText(node.text);
  if (node instanceof DocErrorText) return escapeText(node.text);
  if (node instanceof DocEscapedText) return escapeText(node.decodedText);
  if (node instanceof DocCodeSpan) return code(node.code);
  if (node instanceof DocFencedCode) return `\n${block(node.language, node.code)}\n`;
  if (node instanceof DocSoftBreak) return '\n';
  if (node instanceof DocHtmlStartTag) return escapeText(node.emitAsHtml());
  if (node instanceof DocHtmlEndTag) return escapeText(node.emitAsHtml());
  if (node instanceof DocLinkTag) return linkText(node);
  if (node instanceof DocParagraph) return `${node.nodes.map(textOf).join('')}\n\n`;
  if (node instanceof DocNodeContainer) return node.nodes.map(textOf).join('');
  return node.getChildNodes().map(textOf).join('');
}

function linkText({ urlDestination, codeDestination, linkText: label }: DocLinkTag): string {
  if (urlDestination !== undefined)
    return `[${escapeText(label ?? urlDestination)}](${urlDestination})`;
  const name =
    codeDestination?.memberReferences.at(-1)?.memberIdentifier?.identifier ?? label ?? '';
  return code(label ?? name);
}
