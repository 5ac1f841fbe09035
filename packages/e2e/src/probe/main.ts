// Runs the probe on a machine, faster than the command does: the lab is nobody's server. Settings come as JSON.
import { runProbe } from '@trusted-header/cli/probe';

const [, , text = '{}'] = process.argv;
process.stdout.write(JSON.stringify(await runProbe(JSON.parse(text))));
