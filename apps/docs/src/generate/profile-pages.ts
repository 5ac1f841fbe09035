import type { GroupsSource, HeaderProfile, HeaderSource } from '@trusted-header/core';
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

function index(profiles: readonly ProfileSource[]): Page {
  const description = 'Which headers carry the user, for each identity provider that is known.';
  return page(
    'profiles/index.md',
    { title: 'Profiles', description },
    "A profile says which headers carry the user, what stands between groups, and how values are encoded. Choose it by its name: `profile: 'authentik'`. The default is `authelia`.",
    table(
      ['profile', 'user', 'groups'],
      profiles.map(({ profile: { id, user, groups } }) => [
        `[${code(id)}](/profiles/${id})`,
        code(user.header),
        groups ? `${code(groups.header)}, ${between(groups)}` : 'none',
      ]),
    ),
    '::: warning The profile must be your proxy’s\nA proxy deletes its own product’s headers from a request and no others. With the wrong profile, anybody’s `Remote-User` passes through it.\n:::',
    'Your provider is not here? [Write a profile of your own](/packages/core#profiles).',
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
    `The constant is ${code(constant)}, from ${code('@trusted-header/core/profiles')}.`,
    '## Headers',
    table(['value', 'header', 'how it is written'], headerRows(profile)),
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
    '## Try it',
    `[Open the playground with this profile](/playground#profile=${id}&trusted=172.20.0.2&peer=172.20.0.2&text=${encodeURIComponent(`${user.header}: john`)}).`,
  );
}

function headerRows({ user, groups, name, email, extra = {} }: HeaderProfile): string[][] {
  return [
    ['user', code(user.header), `${encodingOf(user)}${user.comma ? '; may hold a comma' : ''}`],
    ...(groups
      ? [['groups', code(groups.header), `${encodingOf(groups)}; ${between(groups)}`]]
      : []),
    ...(name ? [['name', code(name.header), encodingOf(name)]] : []),
    ...(email === 'user' ? [['email', 'the user’s', 'the same value']] : []),
    ...(email && email !== 'user' ? [['email', code(email.header), encodingOf(email)]] : []),
    ...Object.entries(extra).map(([key, source]) => [
      `extra.${key}`,
      code(source.header),
      encodingOf(source),
    ]),
  ];
}

function encodingOf({ encoding = 'utf-8' }: HeaderSource): string {
  return encoding;
}

function between({ separator = ',', format }: GroupsSource): string {
  if (format === 'dn-list') return 'distinguished names, a comma between them';
  if (separator === 'line') return 'one group per line';
  return separator === ' ' ? 'a space between groups' : `${code(separator)} between groups`;
}
