/**
 * How far a run is.
 *
 * @module
 */

import {
  formatCount,
  formatDuration,
  formatRate,
  plural,
} from "../../format.ts";
import { type Markup, markup } from "../../markup.ts";
import { REPORT_FILES } from "../../paths.ts";
import { formatWhen } from "../../../runs/format.ts";
import { distinct } from "../../../runs/outline.ts";
import type { RunView } from "../known/run_view.ts";
import type { StageView } from "../known/stage_view.ts";
import { stateMark } from "./overview_page.ts";

/** State, times, and the way to the report. */
export function head({ id, record, report }: RunView): Markup {
  const { status, started, ended } = record;
  const done = status !== "running";
  const since = Date.parse(started);
  const took = done && ended !== null
    ? `took ${formatDuration(Date.parse(ended) - since)}`
    : null;
  return markup`<p class="facts">${stateMark(status)} <span>begun ${
    formatWhen(since)
  }</span> ${took && markup`<span>${took}</span>`} <span>latent dimension ${
    distinct(record, "latentDim").join(", ")
  }</span> <span>seed ${
    distinct(record, "seed").join(", ")
  }</span> <span><code>${record.command.join(" ")}</code></span> ${
    done && report !== null &&
    markup`<a href="/runs/${
      encodeURIComponent(id)
    }/${REPORT_FILES.html}">Report</a>`
  }</p>${
    record.warnings.map((warning) =>
      markup`<div class="notice warning"><p>${warning}</p></div>`
    )
  }`;
}

/** Bars of what runs, and the state of every stage. */
export function progress({ stages, record }: RunView): Markup {
  const running = stages.filter(({ state }) => state === "running");
  const failed = stages.filter(({ error }) => error !== null);
  return markup`<section aria-labelledby="progress"><h2 id="progress">Progress</h2>
<p>${summary(stages)}</p>
${
    failed.map(({ title, error }) =>
      markup`<div class="notice warning"><strong>${title} failed</strong><p>${error}</p></div>`
    )
  }${
    running.length > 0 && markup`<ul class="bars">${running.map(bar)}</ul>`
  }<details id="stages"${
    record.status === "failed" && markup` open`
  }><summary>All stages</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Table of stages"><table class="stages"><thead><tr><th scope="col">Stage</th><th scope="col">State</th><th scope="col" class="figure">Time</th></tr></thead><tbody>
${
    stages.map(({ title, state, ms }) =>
      markup`<tr><th scope="row">${title}</th><td>${
        stateMark(state)
      }</td><td class="figure">${formatDuration(ms)}</td></tr>
`
    )
  }</tbody></table></div></details></section>`;
}

/** `9 of 24 stages done, 2 running, 13 waiting.` */
function summary(stages: readonly StageView[]): string {
  const count = (state: StageView["state"]) =>
    stages.filter((stage) => stage.state === state).length;
  const rest =
    (["running", "waiting", "failed", "skipped", "interrupted"] as const)
      .flatMap((state) => count(state) > 0 ? [`${count(state)} ${state}`] : []);
  return `${
    [`${count("done")} of ${plural(stages.length, "stage")} done`, ...rest]
      .join(", ")
  }.`;
}

function bar({ title, progress }: StageView): Markup {
  const total = progress?.total ?? 0;
  const share = progress === null || total <= 0
    ? null
    : Math.min(progress.done / total, 1);
  return markup`<li><div class="what"><strong>${title}</strong><span class="small">${
    progress === null ? "begins" : paceOf(progress)
  }</span></div><progress aria-label="${title}"${
    share !== null && markup` max="1" value="${share.toFixed(4)}"`
  }></progress></li>`;
}

function paceOf(
  { done, total, rate, left, fields }: NonNullable<StageView["progress"]>,
): string {
  return [
    `${formatCount(done)} of ${formatCount(total)}`,
    ...(rate === null ? [] : [`${formatRate(rate)} a second`]),
    ...Object.entries(fields).flatMap(([name, value]) =>
      value === null ? [] : [`${name} ${formatRate(value)}`]
    ),
    ...(left === null ? [] : [`${formatDuration(1000 * left)} left`]),
  ].join(" · ");
}
