/** A page for programs: its address on the site, its title and what it is about. */
export interface LlmsPage {
  readonly url: string;
  readonly title: string;
  readonly description: string;
  /** The first part of the address: `guides`; empty at the top. */
  readonly section: string;
}

/** Writes `llms.txt` (llmstxt.org): what the site is, and a list of its pages as Markdown. */
export function llmsText(pages: readonly LlmsPage[]): string {
  const sections = [...new Set(pages.map(({ section }) => section))];
  return [
    '# trusted-header',
    '',
    '> TypeScript packages by which web applications behind an authenticating reverse proxy (Authelia, authentik, oauth2-proxy …) believe `Remote-User` headers only from the proxy’s TCP address. For Hono, Koa, Express, Fastify, NestJS, Next.js and node:http.',
    ...sections.flatMap((section) => [
      '',
      `## ${section === '' ? 'About' : section}`,
      '',
      ...pages
        .filter((page) => page.section === section)
        .map(
          ({ url, title, description }) =>
            `- [${title}](${url})${description ? `: ${description}` : ''}`,
        ),
    ]),
    '',
  ].join('\n');
}
