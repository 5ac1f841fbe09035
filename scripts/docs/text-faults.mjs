// What no text of ours may say, wherever it stands: pages, changesets, sources, generated files.

/** Commands and settings as a reader would paste them; why not, and what to write instead. */
const RULES = [
  {
    pattern: /\b(?:npx|bunx|dlx|exec|create|install|i|add)(?: +-\S+)* +trusted-header\b/,
    why: 'asks the registry for a name without our scope, which anybody can register; write npx @trusted-header/cli or npx @trusted-header/dev',
  },
  {
    pattern:
      /(?<![@\w/.-])trusted-header(?:-dev)? +(?:check|audit|explain|probe|proxy-config|--(?:help|upstream|user|config)\b)/,
    why: 'is pasted by people who have not installed it, and then behind npx; write npx @trusted-header/cli or npx @trusted-header/dev',
  },
  {
    pattern: /trustedProxies: process\.env\.\w+ \?\? ''/,
    why: 'needs no ??: undefined is refused at start, as the empty text is',
  },
];

/** A text, and how many of its lines are faulty. */
const KNOWN = [
  ['npx trusted-header-dev --help', 1],
  ['npx --yes trusted-header check', 1],
  ['pnpm dlx trusted-header', 1],
  ['npm install -g trusted-header', 1],
  ['docker inspect app | trusted-header audit', 1],
  ['say (trusted-header proxy-config)', 1],
  ['trusted-header-dev --user john', 1],
  ["{ trustedProxies: process.env.TRUSTED_PROXIES ?? '' }", 1],
  ['npx @trusted-header/dev --help\nnpx @trusted-header/cli audit', 0],
  ['docker inspect trusted-header-caddy-1', 0],
  ['docker run --network trusted-header --ip 10.213.7.2', 0],
  ['npx @trusted-header/dev --config trusted-header-dev.json', 0],
  ['npm install @trusted-header/koa', 0],
  ['trusted-header: peer 172.20.0.9 sent identity headers', 0],
  ["(process.env.TRUSTED_PROXIES ?? '').split(',')", 0],
];

/** The faults of a text, one for each line that has one. */
export function textFaults(file, text) {
  return text.split('\n').flatMap((line, i) => {
    const broken = RULES.find(({ pattern }) => pattern.test(line));
    return broken ? [`${file}:${i + 1}: ${line.trim()}\n  ${broken.why}`] : [];
  });
}

/** What the rules themselves get wrong, tried on texts that are known. */
export function ruleFaults() {
  return KNOWN.filter(([text, count]) => textFaults('', text).length !== count).map(
    ([text]) => `scripts/docs/text-faults.mjs judges this wrongly: ${text}`,
  );
}
