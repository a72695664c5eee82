/**
 * The page's style sheet: light and dark, wide and narrow, screen and paper.
 *
 * @module
 */

/** CSS of the page. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --card: #f6f7f9; --ink: #1b1d21; --quiet: #59606b;
  --line: #dde0e6; --link: #0b57a4; --best: #dff1e4;
  --alarm: #b3261e; --alarm-ink: #ffffff;
  --warning: #fff1d6; --warning-line: #b26a00;
  --note: #e8f0fb; --note-line: #2f6db3;
  /* Told apart by readers who are colour-blind, 3:1 against the paper. */
  --series-1: #0072b2; --series-2: #d55e00; --series-3: #00805f;
  --series-4: #b0488a; --series-5: #8a6d00; --series-6: #1b8cc4;
  --series-7: #6b6b6b; --series-8: #6d3fb0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14161a; --card: #1d2025; --ink: #e7e9ee; --quiet: #a3aab6;
    --line: #343942; --link: #8ab8f0; --best: #1d3d2a;
    --alarm: #c5362c; --alarm-ink: #ffffff;
    --warning: #33280f; --warning-line: #e0a030;
    --note: #17273b; --note-line: #6aa3e6;
    --series-1: #56b4e9; --series-2: #ff8f45; --series-3: #2cc39a;
    --series-4: #e58fc0; --series-5: #e8d848; --series-6: #a5dcff;
    --series-7: #bdbdbd; --series-8: #c39bea;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 84rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
h1 { margin: 0; font-size: clamp(1.5rem, 4vw, 2.1rem); line-height: 1.2; }
h2 { margin: 2.75rem 0 .5rem; font-size: 1.35rem; scroll-margin-top: 1rem; }
h3 { margin: 0; font-size: 1rem; }
p { margin: .5rem 0 1rem; max-width: 75ch; }
a { color: var(--link); }
code { font: .9em ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.lead, .small, caption, .error, .arrow { color: var(--quiet); }
.lead { margin: .35rem 0 1rem; }
.small, .error { font-size: .875rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
nav ul, .legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .5rem 0 1rem; padding: 0; list-style: none; }
.notice { margin: .75rem 0; padding: .7rem 1rem; border-radius: .5rem; border-left: .35rem solid; }
.notice p { margin: .15rem 0 0; overflow-wrap: anywhere; }
.notice strong { display: block; }
.alarm { padding: 1rem 1.25rem; background: var(--alarm); border-color: var(--alarm); color: var(--alarm-ink); }
.alarm strong { font-size: 1.25rem; letter-spacing: .04em; }
.warning { background: var(--warning); border-color: var(--warning-line); }
.note { background: var(--note); border-color: var(--note-line); }
.swatch { width: .9em; height: .9em; vertical-align: -.08em; }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; }
caption > span { position: sticky; left: 0; display: inline-block; max-width: min(75ch, calc(100vw - 2rem)); }
caption { padding-bottom: .6rem; text-align: left; font-size: .875rem; caption-side: top; }
th, td { padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: baseline; }
th { font-weight: 600; }
.figures { width: 100%; }
.figures td, .figures thead th + th { padding: .45rem .7rem; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.figures th[scope="row"] { position: sticky; left: 0; background: var(--paper); white-space: nowrap; }
.best { background: var(--best); }
.cards { display: grid; gap: 1.25rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); }
.charts { grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); }
.card { margin: 0; padding: .9rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; min-width: 0; }
.card img, .card > svg { display: block; width: 100%; height: auto; }
.card img { border-radius: .25rem; }
.card h3 { overflow-wrap: anywhere; }
.card .small { margin: .1rem 0 0; }
figcaption { margin-bottom: .7rem; }
.charts svg { overflow: visible; --plot-background: var(--card); }
.absent { display: grid; place-items: center; margin: 0; min-height: 10rem; padding: 1rem; border: 1px dashed var(--line); border-radius: .25rem; color: var(--quiet); text-align: center; overflow-wrap: anywhere; }
.columns { display: grid; gap: 1.5rem 2.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); }
details { margin: .6rem 0; padding: .6rem .9rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
summary { cursor: pointer; font-weight: 600; }
dl { margin: .6rem 0 0; }
details dl { display: grid; gap: 0 2.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
dl > div { display: grid; grid-template-columns: 8.5rem 1fr; gap: .25rem 1rem; padding: .3rem 0; border-bottom: 1px solid var(--line); }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
.graph { display: block; font-size: 12px; fill: var(--ink); }
.graph .edge { fill: none; stroke: var(--quiet); stroke-opacity: .55; }
.graph rect { fill: var(--card); stroke: var(--quiet); }
.graph .name { font-weight: 600; }
.graph .note { text-anchor: end; fill: var(--quiet); }
.graph .cached rect { stroke-dasharray: 4 3; }
.graph .done rect { stroke: var(--ink); stroke-width: 1.5; }
.graph .failed .note, .graph .interrupted .note { fill: var(--alarm); font-weight: 600; }
.graph .failed rect, .graph .interrupted rect { stroke: var(--alarm); stroke-width: 2.5; }
.graph .skipped { opacity: .55; }
td.failed, td.interrupted { font-weight: 600; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media (max-width: 40rem) {
  .side { gap: .6rem; grid-template-columns: repeat(2, 1fr); }
  .side .card { padding: .5rem; }
}
@media print { details { break-inside: avoid; } .card { break-inside: avoid; } nav { display: none; } }
`;
