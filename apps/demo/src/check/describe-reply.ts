import type { Reply } from '@trusted-header/app-ui/testing';

/**
 * Says what came back, short enough for a table: `200 You are Zoë, authenticated`, `302 to the portal`,
 * `403 header-repeated`, and for `/whoami` everything that it says.
 */
export function describeReply({ status, headers, body }: Reply, portalUrl: string): string {
  return `${status} ${describe(headers.location, headers['content-type'] ?? '', body, portalUrl)}`;
}

function describe(
  location: string | undefined,
  type: string,
  body: string,
  portalUrl: string,
): string {
  if (location !== undefined) {
    const isPortal = URL.canParse(location) && new URL(location).origin === portalUrl;
    return isPortal ? 'to the portal' : `to ${location}`;
  }
  if (type.startsWith('application/problem+json')) return String(JSON.parse(body).code);
  if (type.startsWith('application/json')) return describeWhoami(JSON.parse(body));
  if (type.startsWith('text/html')) return describePage(body);
  return body.slice(0, 40);
}

function describePage(body: string): string {
  const title = /<h1>(.*?)<\/h1>/s.exec(body)?.[1] ?? 'a page without a title';
  const verdict = /class="verdict (\w+)"/.exec(body)?.[1];
  return verdict === undefined ? title : `${title}, ${verdict}`;
}

/** Everything in it, in a fixed order: what is missing is a dash, what should not be there is at the end. */
function describeWhoami({
  decision,
  identity,
  account,
  ...others
}: Record<string, unknown>): string {
  const { user, name, email, groups, ...more }: Record<string, unknown> = { ...Object(identity) };
  const parts = [user, name, email, Array.isArray(groups) ? `[${groups.join(', ')}]` : groups];
  const stray = { ...more, ...others };
  return [
    ...(decision === 'authenticated' ? [] : [String(decision)]),
    ...parts.map((part) => (part === undefined ? '–' : String(part))),
    ...(account === undefined ? [] : [describeAccount(Object(account))]),
    ...(Object.keys(stray).length > 0 ? [JSON.stringify(stray)] : []),
  ].join(' · ');
}

/** Its row's id and age are different each time. */
function describeAccount({ roles }: Record<string, unknown>): string {
  return Array.isArray(roles) && roles.length > 0 ? roles.join(', ') : 'no role';
}
