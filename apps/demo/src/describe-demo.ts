import { STRANGER } from './can-be-stranger.js';
import { colors } from './colors.js';
import type { Demo } from './start-demo.js';
import { users } from './users.js';

/** Says where everything is, who can sign in, and what to try. */
export function describeDemo({ portalUrl, apps }: Demo, hasStranger: boolean): string {
  const [app] = apps;
  return [
    '',
    colors.bold('The demo runs. Open one of these, and sign in:'),
    '',
    ...apps.map(({ title, url, directUrl }) =>
      row(title, url, `in front of the app on ${directUrl}`),
    ),
    row('Portal', portalUrl, 'signs in and out, for all of them'),
    ...apps.flatMap(({ title, metricsUrl }) =>
      metricsUrl === undefined
        ? []
        : [row('Metrics', metricsUrl, `decisions of the ${title} app, for Prometheus`)],
    ),
    '',
    ...users.map((each) => row(each.user, ...describeUser(each))),
    '',
    colors.bold('Or ask with curl:'),
    ...(app ? curlLines(portalUrl, app.url, app.directUrl, hasStranger) : []),
    '',
    'Ctrl-C stops everything.',
    '',
  ].join('\n');
}

function row(first: string, second: string, third: string): string {
  return `  ${first.padEnd(8)}  ${colors.cyan(second.padEnd(22))}  ${colors.dim(third)}`.trimEnd();
}

function describeUser(user: (typeof users)[number]): readonly [name: string, groups: string] {
  return 'groups' in user
    ? [user.name, `in ${user.groups.join(' and ')}`]
    : ['', 'in no group, without a name'];
}

function curlLines(
  portalUrl: string,
  url: string,
  directUrl: string,
  hasStranger: boolean,
): readonly string[] {
  return [
    '',
    colors.dim('  # through the gateway, signed in: zoe'),
    `  curl -sLw '\\n' -b '' -H 'Origin: ${portalUrl}' -d pick=zoe -d rd=${url}/whoami ${portalUrl}`,
    '',
    colors.dim(`  # forged, from an address that is not the gateway’s: 403 peer-untrusted`),
    hasStranger
      ? `  curl -sw '\\n' --interface ${STRANGER} -H 'Remote-User: zoe' ${directUrl}/whoami`
      : `  (needs Linux: this machine cannot send from ${STRANGER})`,
    '',
    colors.dim('  # forged, the user named twice: 403 header-repeated'),
    `  curl -sw '\\n' -H 'Remote-User: jiri' -H 'Remote-User: zoe' ${directUrl}/whoami`,
  ];
}
