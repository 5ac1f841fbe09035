import { visible } from '@trusted-header/cli/check';
import type { PlaygroundInput } from './input.js';
import { isJson, withoutSecrets } from './link.js';

/**
 * The command that answers the same at a shell. Secrets of the pasted text are left out; a HAR file is a file there.
 *
 * Whoever made a link has written the input, and who follows it may paste the command: nothing of the input ends the text, or is
 * taken for a key by a terminal.
 */
export function commandLineOf(input: PlaygroundInput): string {
  const options: readonly (readonly [string, string])[] = [
    ['--trusted-proxies', input.trusted],
    ['--peer', input.peer],
    ['--unix-socket', input.socket],
    ['--profile', input.profile === 'authelia' ? '' : input.profile],
    ['--required', input.required],
    ['--limits', input.limits],
  ];
  const given = options.flatMap(([name, value]) =>
    value === '' ? [] : [`${name} ${quote(typed(value))}`],
  );
  const from = isJson(input.text) ? ['--from request.har'] : [];
  const isPasted = from.length === 0 && /\S/.test(input.text);
  const text = typed(withoutSecrets(input.text)).replace(/\n+$/, '');
  const end = endOf(text.split('\n'));
  const lines = [
    'npx @trusted-header/cli check',
    ...given,
    ...from,
    ...(isPasted ? [`--from - <<'${end}'`] : []),
  ];
  const command = lines.join(' \\\n  ');
  return isPasted ? `${command}\n${text}\n${end}` : command;
}

/** A line that is none of the text's. */
function endOf(lines: readonly string[]): string {
  let end = 'END';
  for (let i = 1; lines.includes(end); i += 1) end = `END${i}`;
  return end;
}

/** Control characters as escapes: a terminal would act on them. */
function typed(text: string): string {
  return text.split(/\r?\n/).map(visible).join('\n');
}

/** In single quotes a shell reads nothing but the quote itself. */
function quote(text: string): string {
  return /^[\w.:/,@=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
