/**
 * The page's style sheet: light and dark, wide and narrow, screen and paper.
 *
 * @module
 */

import { labelVariables } from "./label_colors.ts";

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
  ${labelVariables("light")}
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
    ${labelVariables("dark")}
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 84rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
h1 { margin: 0; font-size: clamp(1.5rem, 4vw, 2.1rem); line-height: 1.2; }
h2 { margin: 2.75rem 0 .5rem; font-size: 1.35rem; scroll-margin-top: 3.75rem; }
h3 { margin: 0; font-size: 1rem; }
p { margin: .5rem 0 1rem; max-width: 75ch; }
p, li, summary { overflow-wrap: anywhere; }
a { color: var(--link); }
code { font: .9em ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.lead, .small, caption, .error, .arrow { color: var(--quiet); }
.lead { margin: .35rem 0 1rem; }
.small, .error { font-size: .875rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .5rem 0 1rem; padding: 0; list-style: none; }
nav { position: sticky; z-index: 2; top: 0; margin: 1rem 0 0; background: var(--paper); border-bottom: 1px solid var(--line); }
nav ul { display: flex; justify-content: space-between; gap: .95rem; margin: 0; padding: .25rem 0; overflow-x: auto; list-style: none; font-size: .875rem; white-space: nowrap; scrollbar-width: thin; }
nav a { display: block; padding: .4rem 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }
.notice { margin: .75rem 0; padding: .7rem 1rem; border-radius: .5rem; border-left: .35rem solid; }
.notice p { margin: .15rem 0 0; }
.notice strong { display: block; }
.alarm { padding: 1rem 1.25rem; background: var(--alarm); border-color: var(--alarm); color: var(--alarm-ink); }
.alarm strong { font-size: 1.25rem; letter-spacing: .04em; }
.warning { background: var(--warning); border-color: var(--warning-line); }
.note { background: var(--note); border-color: var(--note-line); }
.swatch { width: .9em; height: .9em; vertical-align: -.08em; }
.scroll { position: relative; overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; }
caption > span { position: sticky; left: 0; display: inline-block; max-width: min(75ch, calc(100vw - 2rem)); }
caption { padding-bottom: .6rem; text-align: left; font-size: .875rem; caption-side: top; }
th, td { padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: baseline; }
th { font-weight: 600; }
.figures { width: 100%; }
.figures td, .figures thead th + th { padding: .45rem .7rem; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.figures th[scope="row"] { position: sticky; left: 0; background: var(--paper); white-space: nowrap; }
.best { background: var(--best); }
.leading { box-shadow: inset 0 0 0 1.5px var(--quiet); }
.cards { display: grid; gap: 1.25rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); }
.charts { grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); }
.two { grid-template-columns: repeat(auto-fill, minmax(min(100%, 30rem), 1fr)); }
.card { margin: 0; padding: .9rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; min-width: 0; }
.card img, .card > svg { display: block; width: 100%; height: auto; }
.card img { border-radius: .25rem; }
.card h3 { overflow-wrap: anywhere; }
.card .small { margin: .1rem 0 0; }
figcaption { margin-bottom: .7rem; }
.charts svg { overflow: visible; --plot-background: var(--card); }
.times { min-width: 40rem; max-width: 64rem; }
.times svg { display: block; width: 100%; height: auto; --plot-background: var(--paper); }
.part { margin: 2rem 0 0; font-size: 1.1rem; }
.rows { display: grid; grid-template-columns: auto 1fr; gap: .3rem .6rem; }
.rows ul { display: grid; grid-auto-rows: 1fr; align-items: center; margin: 0; padding: 0; list-style: none; font-size: .8125rem; }
.rows li { display: flex; gap: .5rem; justify-content: space-between; line-height: 1; }
.rows .figure, .marginals .figure { color: var(--quiet); font-variant-numeric: tabular-nums; }
.ticks { grid-column: 2; display: flex; justify-content: space-between; margin: 0; color: var(--quiet); font-size: .8125rem; }
sub { font-size: .75em; line-height: 0; }
.marginals { display: grid; gap: .75rem 1.25rem; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); }
.marginals p { display: flex; justify-content: space-between; margin: 0; font-size: .8125rem; }
.marginals svg, .chart svg { display: block; width: 100%; height: auto; overflow: visible; --plot-background: var(--card); }
.card details { margin: .9rem 0 0; padding: 0; border: 0; }
.card details .marginals { margin-top: .75rem; }
.explorer { padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
.screens { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(9rem, 21%), 1fr)); align-items: end; }
.screens figure { margin: 0; width: 100%; max-width: 18rem; }
.screens figcaption { margin-bottom: .35rem; font-weight: 600; overflow-wrap: anywhere; }
.screens canvas { display: block; width: 100%; border-radius: .25rem; image-rendering: pixelated; background: #000; }
.screens .value { margin: .3rem 0 0; min-height: 1.5em; font-variant-numeric: tabular-nums; }
.buttons { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem; margin: .75rem 0 1rem; }
button { min-height: 2.5rem; padding: .4rem 1.1rem; background: var(--paper); color: var(--ink); border: 1px solid var(--quiet); border-radius: .4rem; font: inherit; cursor: pointer; }
button:hover { border-color: var(--link); }
button[aria-pressed="true"] { background: var(--link); border-color: var(--link); color: var(--paper); }
.sliders { display: grid; gap: .15rem 2rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); }
.sliders label { display: grid; grid-template-columns: 1.6rem 1fr 3rem; gap: .6rem; align-items: center; min-height: 2.1rem; font-variant-numeric: tabular-nums; }
.sliders .level { text-align: right; color: var(--quiet); font-size: .875rem; }
.sliders input { width: 100%; margin: 0; accent-color: var(--link); }
.explorer details { padding: .5rem 0 0; border: 0; }
.explorer [role="status"] { flex: 1 1 20rem; margin: 0; max-width: none; min-height: 1.5em; color: var(--quiet); }
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
  .card, .explorer { padding: .6rem; }
  .screens { position: sticky; z-index: 1; top: 2.9rem; gap: .6rem; margin: 0 -.6rem; padding: .5rem .6rem 0; background: var(--card); }
  .screens figcaption { font-size: .75rem; }
  .screens .value { font-size: .75rem; }
}
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .buttons, .sliders, .explorer details { display: none; }
  h2, h3, figcaption { break-after: avoid; }
  details, .card, .notice, tr { break-inside: avoid; }
  h2 + p, h3 + p { break-after: avoid; }
  .cards { gap: .6rem; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); }
  .two { grid-template-columns: repeat(2, 1fr); }
  .scroll { overflow: visible; }
  .graph { max-width: 100%; height: auto; }
}
`;
