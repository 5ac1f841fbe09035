import { spawn } from 'node:child_process';
import type { PlaygroundInput } from '../src/playground/input.js';

/** What `npx @trusted-header/cli check --json` says: its JSON, or its message. */
export interface CheckOutput {
  readonly json: string;
  readonly message: string;
}

/** Asks the command line, as a process of its own. An empty field is an option that is not given. */
export function runCheck(bin: string, input: PlaygroundInput): Promise<CheckOutput> {
  const options: readonly (readonly [string, string])[] = [
    ['--trusted-proxies', input.trusted],
    ['--peer', input.peer],
    ['--unix-socket', input.socket],
    ['--profile', input.profile],
    ['--required', input.required],
    ['--limits', input.limits],
    ['--from', /\S/.test(input.text) ? '-' : ''],
  ];
  const given = options.flatMap(([name, value]) => (value === '' ? [] : [name, value]));
  const child = spawn(process.execPath, [bin, 'check', '--json', ...given], {
    env: { PATH: process.env['PATH'] },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined).end(input.text);
  const text = { json: '', message: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text.json += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text.message += chunk;
  });
  return new Promise((resolve) => {
    child.on('close', () => {
      resolve({ json: text.json.trimEnd(), message: text.message.trimEnd() });
    });
  });
}
