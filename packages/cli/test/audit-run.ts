import { runCli } from './fake-io.js';

/** What the tests of the audit look at. */
export interface Audited {
  readonly code: number;
  /** `severity code subject` of each finding. */
  readonly findings: readonly string[];
  readonly sentences: readonly string[];
  readonly shared: readonly { address?: string; ipv6?: string; isStatic: boolean }[];
  readonly steps: readonly string[];
  readonly fragment?: string;
  readonly appFragment?: string;
}

type Options = NonNullable<Parameters<typeof runCli>[1]>;

/** Audits compose files: the first argument is a file, or several by name. */
export async function auditFiles(
  files: string | Readonly<Record<string, string>>,
  args: readonly string[] = [],
  options: Omit<Options, 'files'> & { beside?: Readonly<Record<string, string>> } = {},
): Promise<Audited> {
  const named = typeof files === 'string' ? { 'c.yaml': files } : files;
  const compose = Object.keys(named).flatMap((name) => ['--compose', name]);
  const { beside = {}, ...rest } = options;
  return audited(['audit', ...compose, '--json', ...args], {
    ...rest,
    files: { ...beside, ...named },
  });
}

/** Audits what docker inspect prints. */
export function auditInspected(
  containers: unknown,
  args: readonly string[] = [],
): Promise<Audited> {
  return audited(['audit', '--json', ...args], { files: { '-': JSON.stringify(containers) } });
}

async function audited(args: readonly string[], options: Options): Promise<Audited> {
  const { code, out, err } = await runCli(args, options);
  if (out === '') throw new Error(err);
  const { findings, shared = [], steps = [], fragment, appFragment } = JSON.parse(out);
  return {
    code,
    findings: findings.map(
      (f: Record<string, string>) => `${f['severity']} ${f['code']} ${f['subject']}`,
    ),
    sentences: findings.map(
      (f: Record<string, string>) => `${f['subject']} ${f['why']}; ${f['instead']}`,
    ),
    shared,
    steps,
    fragment,
    appFragment,
  };
}
