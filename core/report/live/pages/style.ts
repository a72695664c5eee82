/** CSS of the live pages, on top of the report's. @module */

export const LIVE_STYLE = `
.connection { position: fixed; z-index: 3; right: 1rem; bottom: 1rem; margin: 0; padding: .3rem .8rem; max-width: calc(100vw - 2rem); background: var(--card); border: 1px solid var(--line); border-radius: 1rem; font-size: .8125rem; }
.connection:empty { display: none; }
.connection.lost { background: var(--warning); border-color: var(--warning-line); }
.state { display: inline-block; padding: .05rem .6rem; border: 1px solid var(--quiet); border-radius: 1rem; font-size: .8125rem; font-weight: 600; white-space: nowrap; }
.state.running { background: var(--link); border-color: var(--link); color: var(--paper); }
.state.failed, .state.interrupted { border-color: var(--alarm); }
.state.failed { background: var(--alarm); color: var(--alarm-ink); }
.list td, .list th { white-space: nowrap; padding-right: 1.5rem; }
.list { width: 100%; }
.list .priors { white-space: normal; min-width: 14rem; }
.list .figure { text-align: right; font-variant-numeric: tabular-nums; }
.facts { display: flex; flex-wrap: wrap; align-items: baseline; gap: .4rem 1.25rem; margin: 0 0 1rem; max-width: none; }
.bars { display: grid; gap: .9rem; margin: 1rem 0; padding: 0; list-style: none; }
.bars .what { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.25rem; font-variant-numeric: tabular-nums; }
.bars progress { display: block; width: 100%; height: .5rem; margin-top: .35rem; border: 0; border-radius: .25rem; overflow: hidden; background: var(--line); accent-color: var(--link); }
.bars progress::-webkit-progress-bar { background: var(--line); }
.bars progress::-webkit-progress-value { background: var(--link); }
.bars progress::-moz-progress-bar { background: var(--link); }
.stages td { padding-right: 1.5rem; }
.stages .figure { text-align: right; font-variant-numeric: tabular-nums; }
.pictures { align-items: start; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); }
.pictures > div { display: contents; }
.pictures img { width: 100%; image-rendering: pixelated; background: #000; aspect-ratio: auto; }
.pictures figure { margin: .35rem 0 0; }
.pictures figure + figure { margin-top: 1rem; }
.pictures figcaption { margin-bottom: .35rem; }
@media (max-width: 40rem) {
  .list thead { display: none; }
  .list, .list tbody, .list tr, .list td, .list th { display: block; width: auto; border: 0; padding: 0; text-align: left; }
  .list tr { padding: .7rem 0; border-bottom: 1px solid var(--line); }
  .list .figure { text-align: left; }
  .list td:not(.priors) { display: inline-block; margin-right: .9rem; color: var(--quiet); }
  .list td:empty { display: none; }
  .list td[data-name]::before { content: attr(data-name) " "; }
}
@media print { .connection { display: none; } }
`;
