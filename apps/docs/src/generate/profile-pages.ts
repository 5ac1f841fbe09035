import type { GroupsSource, HeaderProfile, ValueSource } from '@trusted-header/core';
import { PROFILE_FACTS, type ProfileFacts } from '@trusted-header/core/profiles';
import { block, code, escapeText, list, type Page, page, table } from './page.js';
import { proxyCommand } from './proxy-pages.js';

/** A profile with what its source file says about it. */
export interface ProfileSource {
  readonly profile: HeaderProfile;
  /** Name of the constant: `oauth2ProxyAuthRequest`. */
  readonly constant: string;
  /** The doc comment, as Markdown. */
  readonly comment: string;
}

/** A page for each profile, and one with all of them. */
export function profilePages(profiles: readonly ProfileSource[]): Page[] {
  return [index(profiles), ...profiles.map(profilePage)];
}

/** The doc comment in front of a constant, without its asterisks. */
export function commentOf(source: string, constant: string): string {
  const end = source.indexOf(`export const ${constant}:`);
  const start = source.lastIndexOf('/**', end);
  if (end < 0 || start < 0) return '';
  return source
    .slice(start + 3, source.lastIndexOf('*/', end))
    .replace(/^[ \t]*\* ?/gm, '')
    .trim();
}

/** The name of a profile's constant: `oauth2ProxyAuthRequest`. */
export function constantOf(id: string): string {
  return id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function index(profiles: readonly ProfileSource[]): Page {
  const description = 'Which headers carry the user, for each identity provider that is known.';
  return page(
    'profiles/index.md',
    { title: 'Profiles', description },
    "A profile says which headers carry the user, what stands between groups, and how values are encoded. Choose it by its name: `profile: 'authentik'`. The default is `authelia`.",
    table(
      ['profile', 'address alone', 'user', 'groups'],
      profiles.map(({ profile: { id, user, groups } }) => {
        const { product, isAddressEnough } = factsOf(id);
        return [
          `[${code(id)}](/profiles/${id}): ${product}`,
          isAddressEnough ? 'enough' : '**not enough**',
          code(user.header),
          groups ? `${code(groups.header)}, ${between(groups)}` : 'none',
        ];
      }),
    ),
    '**Address alone** tells whether the proxy’s address is enough to believe the headers, provided that nothing else connects from there. The page of each profile says why.',
    '::: warning The profile must be your proxy’s\nA proxy deletes its own product’s headers from a request and no others. With the wrong profile, anybody’s `Remote-User` passes through it.\n:::',
    '## What else they send',
    table(
      ['profile', 'for nobody it sends', 'encoding', 'other headers', 'documented'],
      profiles.map(({ profile }) => {
        const { nobody, sources } = factsOf(profile.id);
        return [
          `[${code(profile.id)}](/profiles/${profile.id})`,
          nobody,
          encodingsOf(profile).join(', '),
          otherHeaders(profile).map(code).join(', ') || 'none',
          sources.map(sourceLink).join(', '),
        ];
      }),
    ),
    'Your provider is not here? [Write a profile of your own](/guides/profiles#one-of-your-own).',
  );
}

function profilePage({ profile, constant, comment }: ProfileSource): Page {
  const { id, user, nobody = [], alsoStripped = [] } = profile;
  const command = proxyCommand(id);
  return page(
    `profiles/${id}.md`,
    { title: id, description: `The identity headers of ${id}: names, separators, encodings.` },
    comment,
    '## In your application',
    block(
      'ts',
      `trustedHeader({\n  trustedProxies: process.env.TRUSTED_PROXIES,\n  profile: '${id}',\n});`,
    ),
    ...proofOf(factsOf(id)),
    `The constant is ${code(constant)}, from ${code('@trusted-header/core/profiles')}.`,
    '## Headers',
    table(['value', 'header', 'how it is written'], headerRows(profile)),
    `For somebody who is not signed in: ${uncapitalized(factsOf(id).nobody)}`,
    ...(nobody.length > 0
      ? [`${nobody.map(code).join(', ')} means that nobody is signed in.`]
      : []),
    ...(alsoStripped.length > 0
      ? ['Not read, and kept from the application:', list(alsoStripped.map(code))]
      : []),
    '## The proxy’s configuration',
    command === undefined
      ? `There is no ${code('proxy-config')} for ${escapeText(id)}: its own documentation says how it sets these headers. Make sure that it deletes what a client sends under the same names.`
      : `One line writes it. [All proxies](/proxies/).\n\n${block('sh', command)}`,
    '## Where this is documented',
    list(factsOf(id).sources.map((source) => (isPage(source) ? source : code(source)))),
    '## Try it',
    `[Open the playground with this profile](/playground#profile=${id}&trusted=172.20.0.2&peer=172.20.0.2&text=${encodeURIComponent(`${user.header}: ${user.prefix ?? ''}john`)}).`,
  );
}

function headerRows({ user, groups, name, email, extra = {} }: HeaderProfile): string[][] {
  return [
    ['user', code(user.header), `${writtenAs(user)}${user.comma ? '; may hold a comma' : ''}`],
    ...(groups
      ? [['groups', code(groups.header), `${encodingOf(groups)}; ${between(groups)}`]]
      : []),
    ...(name ? [['name', code(name.header), writtenAs(name)]] : []),
    ...(email === 'user' ? [['email', 'the user’s', 'the same value']] : []),
    ...(email && email !== 'user' ? [['email', code(email.header), writtenAs(email)]] : []),
    ...Object.entries(extra).map(([key, source]) => [
      `extra.${key}`,
      code(source.header),
      writtenAs(source),
    ]),
  ];
}

/** Ids are text on these pages; each has its facts, which the type of `PROFILE_FACTS` sees to. */
function factsOf(id: string): ProfileFacts {
  const found = Object.entries(PROFILE_FACTS).find(([name]) => name === id)?.[1];
  if (found) return found;
  throw new Error(`nothing is known of the profile ${id}`);
}

function proofOf({ isAddressEnough, why }: ProfileFacts): string[] {
  const title = isAddressEnough
    ? 'tip The address is enough'
    : 'danger An address alone is not safe';
  return [`::: ${title}\n${why}\n:::`];
}

function uncapitalized(text: string): string {
  return text.replace(/^(?:No|An|Empty|The) /, (word) => word.toLowerCase());
}

function otherHeaders({ name, email, extra = {} }: HeaderProfile): string[] {
  return [name, email, ...Object.values(extra)].flatMap((source) =>
    source === undefined || source === 'user' ? [] : source.header,
  );
}

function isPage(source: string): boolean {
  return source.startsWith('https:');
}

/** Its host for a page, the file for a file. */
function sourceLink(source: string): string {
  return isPage(source) ? `[${new URL(source).hostname}](${source})` : code(source);
}

function encodingsOf({ user, groups, name, email, extra = {} }: HeaderProfile): string[] {
  const sources = [user, groups, name, email, ...Object.values(extra)];
  const encodings = sources.flatMap((source) =>
    source === undefined || source === 'user' ? [] : encodingOf(source),
  );
  return [...new Set(encodings)];
}

function encodingOf({ encoding = 'utf-8' }: ValueSource): string {
  return encoding;
}

function writtenAs(source: ValueSource): string {
  return `${encodingOf(source)}${source.prefix === undefined ? '' : `, behind ${code(source.prefix)}`}`;
}

function between({ separator = ',', format, escape: escaped }: GroupsSource): string {
  if (format === 'dn-list') return 'distinguished names, a comma between them';
  if (separator === 'line') return 'one group per line';
  const escapes = escaped === undefined ? '' : `, ${code(`\\${separator}`)} inside of one`;
  return separator === ' '
    ? 'a space between groups'
    : `${code(separator)} between groups${escapes}`;
}
