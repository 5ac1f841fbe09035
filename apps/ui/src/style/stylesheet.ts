/** The look of every page, inline in each: one response shows a page, and there is no asset for a proxy to guard. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --ground: #f4f5f7; --card: #ffffff; --line: #d9dde3; --text: #1a1f26; --quiet: #56606c;
  --accent: #0a6152; --accent-ground: #e0f2ee; --warn: #7a4a00; --warn-ground: #fdf0d8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1318; --card: #181e25; --line: #2c353f; --text: #e8ecf0; --quiet: #a3aeba;
    --accent: #6fdcc3; --accent-ground: #12352e; --warn: #f3c987; --warn-ground: #3a2a10;
  }
}
*, ::before, ::after { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: break-word;
}
p, li, dd { text-wrap: pretty; }
a { color: var(--accent); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .25rem; }
code { font: .9em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 1; }
.bar { background: var(--card); border-bottom: 1px solid var(--line); }
.bar > div, main, footer { max-width: 46rem; margin: 0 auto; padding: 0 1.25rem; }
.bar > div { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.5rem; padding-block: .75rem; }
.brand { font-weight: 650; }
.brand span { color: var(--quiet); font-weight: 400; }
.bar nav { flex: 1; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem; margin: 0; padding: 0; list-style: none; }
nav a { display: block; padding: .3rem .65rem; border-radius: .5rem; color: var(--text); text-decoration: none; }
nav a:hover { background: var(--ground); }
nav a[aria-current] { background: var(--accent-ground); color: var(--accent); font-weight: 600; }
.out { white-space: nowrap; margin: 0; }
button {
  font: inherit; color: var(--accent); background: none; border: 1px solid var(--line); border-radius: .5rem;
  padding: .3rem .8rem; cursor: pointer;
}
button:hover { background: var(--accent-ground); }
.there { margin: 0; padding-left: 1.35rem; }
.there:not(:empty) { margin-bottom: .75rem; }
main { padding-block: 2rem 1rem; display: grid; gap: 1.25rem; }
.hero { display: flex; align-items: center; gap: 1.25rem; }
.avatar {
  flex: none; display: grid; place-items: center; width: 4rem; height: 4rem; border-radius: 50%;
  background: var(--accent-ground); color: var(--accent); font-size: 1.6rem; font-weight: 600;
}
h1 { margin: 0; font-size: clamp(1.5rem, 5vw, 2rem); line-height: 1.2; letter-spacing: -.01em; }
h2 { margin: 0 0 .75rem; font-size: 1.1rem; }
.hero p { margin: .25rem 0 0; color: var(--quiet); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .9rem; padding: 1.25rem 1.5rem; }
.card > :last-child { margin-bottom: 0; }
.card p { margin: 0 0 .75rem; }
dl { display: grid; grid-template-columns: minmax(5rem, auto) 1fr; gap: .6rem 1.5rem; margin: 0; }
dt { color: var(--quiet); }
dd { margin: 0; min-width: 0; }
.absent { color: var(--quiet); font-style: italic; }
.tags { display: flex; flex-wrap: wrap; gap: .4rem; margin: 0; padding: 0; list-style: none; }
.tags li, .verdict { border-radius: 2rem; padding: .05rem .7rem; background: var(--accent-ground); color: var(--accent); }
.verdict { display: inline-block; font-weight: 600; padding: .2rem .8rem; }
.verdict.anonymous { background: var(--warn-ground); color: var(--warn); }
.reasons { margin: 0; padding-left: 1.35rem; display: grid; gap: .4rem; }
.reasons ::marker { color: var(--quiet); }
.links { margin: 0; padding: 0; list-style: none; display: grid; }
.links li { padding: .6rem 0; border-top: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 0 1rem; }
.links li:first-child { border-top: 0; padding-top: 0; }
.links li:last-child { padding-bottom: 0; }
.links a { min-width: 9rem; font-weight: 600; }
.links span { color: var(--quiet); flex: 1 1 16rem; }
footer { color: var(--quiet); font-size: .9rem; padding-block: .5rem 2rem; }
@media (max-width: 36rem) {
  .bar nav { order: 1; flex-basis: 100%; margin-inline: -.65rem; }
  .bar > div { justify-content: space-between; }
}
@media (max-width: 30rem) {
  dl { grid-template-columns: 1fr; gap: 0; }
  dd + dt { margin-top: .6rem; }
  .card { padding: 1.1rem; }
  .hero { gap: 1rem; }
  .avatar { width: 3.25rem; height: 3.25rem; font-size: 1.3rem; }
}
`;
