import type { PlaygroundInput } from './input.js';
import { isJson, withoutSecrets } from './link.js';

/** The command that answers the same at a shell. Secrets of the pasted text are left out; a HAR file is a file there. */
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
    value === '' ? [] : [`${name} ${quote(value)}`],
  );
  const from = isJson(input.text) ? ['--from request.har'] : [];
  const isPasted = from.length === 0 && /\S/.test(input.text);
  const lines = [
    'npx @trusted-header/cli check',
    ...given,
    ...from,
    ...(isPasted ? ["--from - <<'END'"] : []),
  ];
  const command = lines.join(' \\\n  ');
  return isPasted ? `${command}\n${withoutSecrets(input.text).replace(/\n*$/, '\n')}END` : command;
}

/** In single quotes a shell reads nothing but the quote itself. */
function quote(text: string): string {
  return /^[\w.:/,@=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
