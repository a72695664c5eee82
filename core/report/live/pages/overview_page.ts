/**
 * The page of all runs.
 *
 * @module
 */

import { commandLine } from "../../../lib/command_line.ts";
import { MISSING, plural } from "../../format.ts";
import { type Markup, markup } from "../../markup.ts";
import { REPORT_FILES } from "../../paths.ts";
import type { FoundRun, UnreadableRun } from "../../../runs/find_runs.ts";
import { timeOf } from "../../../runs/find_runs.ts";
import { formatWhen } from "../../../runs/format.ts";
import { distinct, headlineOf, priorsOf } from "../../../runs/outline.ts";
import { hidePaths, shownPath } from "../../../lib/shown_paths.ts";
import { HEADLINE } from "../../../vae/figures.ts";
import { showNumber } from "../../../vae/figures/show.ts";
import type { OverviewReader } from "../known/overview.ts";
import type { LivePage } from "./layout.ts";

/** The page of the runs in the folder `outputs` of the project in `base`. */
export function overviewPage(
  read: OverviewReader,
  { outputs, base }: { readonly outputs: string; readonly base: string },
): LivePage {
  return {
    title: "Runs",
    lead: markup`In <code>${shownPath(outputs, base)}</code>, newest first`,
    look: async () => {
      const { runs, unreadable } = await read();
      return new Map([
        ["runs", (runs.length === 0 ? none() : table(runs)).text],
        ["unreadable", unreadable.map((run) => problem(run, base)).join("")],
      ]);
    },
  };
}

/** The state of a run or of a stage, as a word in its colour. */
export function stateMark(state: string): Markup {
  return markup`<span class="state ${state}">${state}</span>`;
}

function none(): Markup {
  return markup`<p class="absent">No runs yet; ${
    commandLine("run")
  } makes one, and it appears here</p>`;
}

function table(runs: readonly FoundRun[]): Markup {
  const working = runs.filter(({ record }) => record.status === "running");
  return markup`<p>${plural(runs.length, "run")}, ${
    working.length === 0 ? "none" : working.length
  } of them running.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Table of runs"><table class="list">
<thead><tr><th scope="col">Run</th><th scope="col">State</th><th scope="col">Priors</th><th scope="col" class="figure">D</th><th scope="col" class="figure">Seed</th><th scope="col" class="figure">Best ${HEADLINE.title}</th><th scope="col">When</th><th scope="col">Report</th></tr></thead>
<tbody>
${runs.map(row)}</tbody></table></div>`;
}

function row({ id, record }: FoundRun): Markup {
  const address = `/runs/${encodeURIComponent(id)}`;
  const time = record.status === "running"
    ? Date.parse(record.started)
    : timeOf(record);
  const best = headlineOf(record);
  return markup`<tr><th scope="row"><a href="${address}">${id}</a></th><td>${
    stateMark(record.status)
  }</td><td class="priors">${
    priorsOf(record).join(", ")
  }</td><td class="figure" data-name="D">${
    distinct(record, "latentDim").join(", ")
  }</td><td class="figure" data-name="seed">${
    distinct(record, "seed").join(", ")
  }</td><td class="figure" data-name="${HEADLINE.title}">${
    best === null ? MISSING : showNumber(HEADLINE, best).replace("-", "−")
  }</td><td>${formatWhen(time)}</td><td>${
    record.status === "done" &&
    markup`<a href="${address}/${REPORT_FILES.html}" aria-label="Report of ${id}">report</a>`
  }</td></tr>
`;
}

function problem({ id, problem }: UnreadableRun, base: string): string {
  return markup`<p class="small">${id}: ${hidePaths(problem, base)}</p>`.text;
}
