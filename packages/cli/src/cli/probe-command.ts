import { Command } from 'commander';
import { dryRun } from '../probe/dry-run.js';
import { toJunit } from '../probe/format/junit.js';
import { toSarif } from '../probe/format/sarif.js';
import { exitCodeOf, isProven } from '../probe/format/severity.js';
import { type Remedy, remedyFor } from '../probe/remedy.js';
import { runProbe } from '../probe/run-probe.js';
import type { ProbeResult, ProbeSettings } from '../probe/settings.js';
import { newToken, TOKEN_VARIABLE } from '../probe/token.js';
import { type LineIo, linesOf } from './lines.js';
import { failOnFrom, list, type ProbeFlags, settingsFrom } from './probe-flags.js';
import { notMetLines, notProvenLines, probeLines, remedyLines } from './probe-lines.js';
import { watchProbe } from './watch-probe.js';

const HELP = `
Examples:
  $ npx @trusted-header/cli probe --new-token
  $ export TRUSTED_HEADER_PROBE=…    # the same in the application’s environment; restart it
  $ npx @trusted-header/cli probe https://app.example.com --cookie-file cookie.txt
  $ npx @trusted-header/cli probe https://app.example.com --path /,/public,/ws --direct http://10.0.0.5:3000
  $ npx @trusted-header/cli probe https://app.example.com --sarif probe.sarif --config Caddyfile
  $ npx @trusted-header/cli probe https://app.example.com --dry-run

Sends at most 150 requests, five a second, to the hosts given and to no other; GET, HEAD and OPTIONS unless --methods names more.
Without the token nothing is called safe: an answer that shows a name of the probe's is a leak, everything else is unknown.
Exit code: 0 clean, 1 findings (--fail-on), 2 bad usage, no connection, or nothing is proven: without the token, where the\napplication’s receiver was never met, where most of what was tried on some path\ncould not be told, or where most of all was left out.`;

/** `npx @trusted-header/cli probe`. */
export function probeCommand(io: LineIo, finish: (code: number) => void): Command {
  return new Command('probe')
    .description(
      'Try from outside whether a client can name a user through your proxy, or past it.',
    )
    .argument('[url]', 'the application as browsers reach it: https://app.example.com')
    .option('--direct <url>', 'the application past the proxy: http://10.0.0.5:3000')
    .option('--path <list>', 'paths to try, with commas (default: the receiver’s, and /)', list, [])
    .option('--cookie-file <file>', 'a session: a Cookie header’s value, or a cookies.txt')
    .option('--token-file <file>', `the token (default: ${TOKEN_VARIABLE} in the environment)`)
    .option('--new-token', 'print a token, and nothing else')
    .option(
      '--profile <id>',
      'whose headers to send, until the application has said which it reads',
    )
    .option('--secret-header <name>', 'the header of the application’s shared secret')
    .option('--case <list>', 'only these cases, with commas', list, [])
    .option('--methods <list>', 'methods to try beside GET, HEAD and OPTIONS', list, [])
    .option('--proxy <name>', 'which proxy it is, for what to change; see proxy-config --list')
    .option('--config <file>', 'the proxy’s configuration, as the place of findings in SARIF')
    .option('--ca <file>', 'authorities to believe (PEM), in the place of Node’s')
    .option('--insecure', 'believe any certificate')
    .option('--resolve <address>', 'connect to this address for url')
    .option('--from-address <address>', 'connect from this address of the machine')
    .option('--max-requests <number>', 'at most so many requests (default and most: 150)')
    .option('--dry-run', 'print the bytes of each request, and send nothing')
    .option('--watch', 'try again every minute, and print what has changed')
    .option('--json', 'print the result as JSON')
    .option('--junit <file>', 'write it as JUnit’s XML too')
    .option('--sarif <file>', 'write the findings as SARIF 2.1.0 too')
    .option('--fail-on <level>', 'exit 1 from this level on: error, warning', 'error')
    .addHelpText('after', HELP)
    .allowExcessArguments(false)
    .action(async (url: string | undefined, flags: ProbeFlags) => {
      if (flags.newToken) return io.print([newToken()]);
      const settings = await settingsFrom(url, flags, io);
      const failOn = failOnFrom(flags.failOn);
      if (flags.dryRun) return printDryRun(settings, io);
      const config =
        flags.config === undefined
          ? undefined
          : { path: flags.config, text: await io.read(flags.config) };
      const report = async (result: ProbeResult, previous?: ProbeResult): Promise<void> => {
        const remedy = remedyFor(result, flags.proxy);
        if (flags.json) io.print(linesOf(JSON.stringify({ ...result, remedy }, null, 2)));
        else printResult(result, remedy, previous, io);
        finish(exitCodeOf(result, failOn));
        // Last: a folder that is not there must not cost what was found.
        if (flags.junit !== undefined) await io.write(flags.junit, toJunit(result, failOn));
        if (flags.sarif !== undefined) await io.write(flags.sarif, toSarif(result, config));
      };
      // A name that is not known costs no request.
      if (flags.proxy !== undefined) remedyFor(NOTHING, flags.proxy);
      const first = await runProbe(settings);
      await report(first);
      if (flags.watch) await watchProbe(settings, first, io, report, flags.json);
    });
}

const NOTHING: ProbeResult = {
  url: 'http://app.example.com',
  receiver: 'not-asked',
  reads: [],
  places: [],
  outcomes: [],
  leftOut: [],
  requests: 0,
};

function printResult(
  result: ProbeResult,
  remedy: Remedy | undefined,
  previous: ProbeResult | undefined,
  io: LineIo,
): void {
  if (previous !== undefined) return;
  const isLeaky = result.outcomes.some(
    ({ vantage, verdict, level, headers }) =>
      vantage === 'front' && verdict === 'leak' && level !== 'note' && headers.length > 0,
  );
  io.print([...probeLines(result), ...remedyLines(remedy, isLeaky)]);
  if (result.receiver === 'not-met') io.note(notMetLines(result));
  else if (result.receiver === 'met' && !isProven(result)) io.note(notProvenLines(result));
}

function printDryRun(settings: ProbeSettings, io: LineIo): void {
  const requests = dryRun(settings);
  io.print(requests.flatMap(({ title, lines }) => [`# ${title}`, ...lines, '']));
  io.note([`${requests.length} requests; nothing was sent`]);
}
