const LONGEST = 90;

/** Names a change by file, old and new text, so that it is known again where lines have moved. */
export function describeChange(path, source, { location: { start, end }, replacement }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = lines[last].slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  return `${path}: ${brief(lines.join(' '))} => ${brief(replacement)}`;
}

function brief(text) {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
