/** Where the time of each trial went. @module */

import { isMade } from "../../pipeline/status.ts";
import { type StageTime, timesChart } from "../charts/times.ts";
import type { ReportData } from "../data.ts";
import { formatDuration } from "../format.ts";
import { labelColor } from "../label_colors.ts";
import { type Markup, markup, raw } from "../markup.ts";

/** Where the time of each trial went; shared stages count for each trial. */
export async function trialTimes(data: ReportData): Promise<Markup | null> {
  const spent = data.trials.flatMap(({ trial, stages }) =>
    stages.filter(isMade).map(({ name, ms }): StageTime => ({
      trial: trial.label,
      stage: name,
      ms,
    }))
  );
  if (spent.length === 0) return null;
  const totals = data.trials.map(({ trial }) => {
    const own = spent.filter((time) => time.trial === trial.label);
    const ms = own.reduce((sum, time) => sum + time.ms, 0);
    return `${trial.label} ${formatDuration(ms)}`;
  });
  const svg = await timesChart(spent, {
    id: "pipeline-times",
    title: "Time of each trial by stage",
    description: `${totals.join("; ")}.`,
  });
  return markup`<h3 class="part">Where the time went</h3>
<p>Of stages that several trials share, each has the whole time.</p>
<ul class="legend">${
    [...new Set(spent.map(({ stage }) => stage))].map((stage, place) =>
      markup`<li><svg class="swatch" viewBox="0 0 16 16" aria-hidden="true"><path d="M2 2h12v12h-12z" fill="${
        labelColor(place)
      }"/></svg> ${stage}</li>`
    )
  }</ul>
<div class="scroll" tabindex="0" role="region" aria-label="Chart of times"><div class="times">${
    raw(svg)
  }</div></div>`;
}
