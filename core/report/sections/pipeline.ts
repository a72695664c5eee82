/**
 * The stages, how they hang together, which ran and why.
 *
 * @module
 */

import { isMade } from "../../pipeline/status.ts";
import type { StageNode, StageOutcome } from "../../pipeline/types.ts";
import type { ReportData } from "../data.ts";
import { formatDuration, MISSING, plural } from "../format.ts";
import { type Markup, markup } from "../markup.ts";
import { drawGraph } from "./graph.ts";
import { trialTimes } from "./_trial_times.ts";
import { countStatuses } from "./graph_boxes.ts";
import type { Section } from "./section.ts";

/** The stages, how they hang together, which ran and why. */
export const pipeline: Section = {
  id: "pipeline",
  title: "Pipeline",
  render: async (data) => {
    const outcomes = outcomesOf(data);
    const nodes = [...data.plan.nodes.values()];
    const statuses = nodes.map(({ key }) =>
      outcomes.get(key)?.status ?? "skipped"
    );
    return markup`<p>A stage runs once, however many trials share it. Dashed boxes
came from the store, bold ones ran, with the time it took, red ones failed, pale
ones were not run. Of ${plural(nodes.length, "stage")}: ${
      countStatuses(statuses)
    }.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Graph of the stages">${
      drawGraph(data.plan, outcomes)
    }</div>
<details><summary>What ran and why</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Table of the stages"><table>
<caption><span>Times of cached stages are those of the run that stored them.</span></caption>
<thead><tr><th scope="col">Stage</th><th scope="col">Outcome</th><th scope="col">Why</th><th scope="col">Time</th></tr></thead>
<tbody>${
      nodes.map((node) => row(node, outcomes.get(node.key)))
    }</tbody></table></div></details>${await trialTimes(data)}`;
  },
};

/** By key; of a shared stage, what became of it for the first trial. */
function outcomesOf({ trials }: ReportData): ReadonlyMap<string, StageOutcome> {
  const outcomes = new Map<string, StageOutcome>();
  for (const stage of trials.flatMap(({ stages }) => stages)) {
    if (!outcomes.has(stage.key)) outcomes.set(stage.key, stage);
  }
  return outcomes;
}

function row(node: StageNode, outcome: StageOutcome | undefined): Markup {
  const status = outcome?.status ?? "skipped";
  const ran = isMade({ status }) || status === "failed";
  return markup`<tr><th scope="row">${node.title}</th><td class="${status}">${status}</td><td>${
    outcome?.reason ?? MISSING
  }</td><td>${ran ? formatDuration(outcome?.ms ?? null) : MISSING}</td></tr>`;
}
