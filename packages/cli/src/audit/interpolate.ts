/** Looks a variable up; nothing where it is not set. */
export type Lookup = (name: string) => string | undefined;

const NAME = /^[_a-z][_a-z0-9]*/i;
const OPERATOR = /^:?[-?+]/;
/** Round the name of a variable that nothing sets: noncharacters, which no address and no name has. */
const UNSET = /\ufdd0([^\ufdd1]*)\ufdd1/g;

/**
 * Fills variables in as compose does: `$A`, `${A}`, `${A:-default}`, `${A-default}`, `${A:?why}`, `${A?why}`,
 * `${A:+other}`, `${A+other}`, and `$$` for a dollar sign. Defaults may hold variables.
 *
 * A variable that is set nowhere leaves a mark, which {@link unsetIn} finds: compose would put nothing there, or stop,
 * and somebody else's environment may set it. What compose would refuse stays as it is.
 */
export function interpolate(text: string, lookup: Lookup): string {
  const dollar = text.indexOf('$');
  if (dollar < 0) return text;
  const [value, length] = variableAt(text.slice(dollar), lookup);
  return text.slice(0, dollar) + value + interpolate(text.slice(dollar + length), lookup);
}

/** The variables in a text that nothing sets. */
export function unsetIn(text: string): string[] {
  return [...new Set([...text.matchAll(UNSET)].map(([, name = '']) => name))];
}

/** The text as somebody may read it: variables that nothing sets are variables again. */
export function asWritten(text: string): string {
  return text.replace(UNSET, (_, name: string) => `\${${name}}`);
}

/** Reads what begins with a dollar sign; also how long it is. */
function variableAt(text: string, lookup: Lookup): [value: string, length: number] {
  if (text.startsWith('$$')) return ['$', 2];
  const [plain = ''] = NAME.exec(text.slice(1)) ?? [];
  if (plain !== '') return [lookup(plain) ?? mark(plain), plain.length + 1];
  const end = text.startsWith('$\u007b') ? closingBrace(text) : -1;
  const inside = text.slice(2, Math.max(end, 2));
  const [name = ''] = NAME.exec(inside) ?? [];
  const rest = inside.slice(name.length);
  const [operator = ''] = OPERATOR.exec(rest) ?? [];
  if (name === '' || (rest !== '' && operator === '')) return ['$', 1];
  return [substitute(name, operator, rest.slice(operator.length), lookup), end + 1];
}

function substitute(name: string, operator: string, operand: string, lookup: Lookup): string {
  const value = lookup(name);
  const isSet = value !== undefined && (value !== '' || !operator.startsWith(':'));
  if (operator.endsWith('+')) return isSet ? interpolate(operand, lookup) : '';
  if (isSet) return value;
  return operator.endsWith('-') ? interpolate(operand, lookup) : mark(name);
}

function mark(name: string): string {
  return `\ufdd0${name}\ufdd1`;
}

/** Where the brace of a variable is closed, past those of variables inside. */
function closingBrace(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (text.startsWith('$\u007b', i)) depth += 1;
    if (text[i] !== '}') continue;
    depth -= 1;
    if (depth === 0) return i;
  }
  return -1;
}
