/**
 * The latent explorer: decoders that run in the page, all driven by one set of
 * sliders.
 *
 * @module
 */

import type { ReportData } from "../data.ts";
import type { ExplorerData } from "../explorer/data.ts";
import {
  type DenseExploration,
  packedSize,
  packingError,
  packModel,
} from "../explorer/pack_model.ts";
import { type Explored, exploredOf, leftOut } from "../explored.ts";
import { plural } from "../format.ts";
import { type Markup, markup, raw } from "../markup.ts";
import type { Section } from "./section.ts";
import { swatch } from "./swatch.ts";

/** Bytes that all decoders together may take in the page. */
const BUDGET = 8e6;
/** Sliders that are shown without asking. */
const SHOWN = 12;

/** The latent explorer. */
export const explorer: Section = {
  id: "explorer",
  title: "Latent explorer",
  short: "Explorer",
  render: (data: ReportData) => {
    const shown = exploredOf(data);
    const able = shown.filter(isDense);
    const fitting = withinBudget(able);
    if (shown.length === 0) return null;
    const others = pictured(shown.filter((one) => !isDense(one)));
    if (fitting.length === 0) {
      return markup`<p>${others}${beyond(able, fitting)}</p>`;
    }
    const models = fitting.map(({ data, exploration }) =>
      packModel(data.trial.label, exploration)
    );
    const error = Math.max(
      ...models.map((model, i) => packingError(model, fitting[i]!.exploration)),
    );
    const axes = Math.max(...models.map(({ order }) => order.length));
    const given: ExplorerData = { models };
    return markup`<p>The decoders run in this page. Each slider sets an axis of
every prior at once, to the same quantile of each: the first slider their most
active axis, and so on.${leftOut(data, shown)}${beyond(able, fitting)}</p>${
      others && markup`<p>${others}</p>`
    }
<noscript><p class="absent">The explorer needs JavaScript; all the rest does without.</p></noscript>
<div class="explorer" hidden>
<div class="screens">${fitting.map(screen)}</div>
<div class="buttons">
<button type="button" data-press="random">Random</button>
<button type="button" data-press="median">Median</button>
<button type="button" data-press="animate" aria-pressed="false">Animate</button>
<p class="small" role="status"></p>
</div>
${sliders(axes)}
</div>
<p class="small">Weights are kept in 16 bits, which moves no pixel by more than ${
      errorText(error)
    } of its range in the points that were compared.${dependent(fitting)}</p>
<script type="application/json" id="explorer-data">${
      raw(JSON.stringify(given).replaceAll("<", "\\u003c"))
    }</script>`;
  },
};

/** A trial whose decoder the page can compute. */
type DenseExplored = Explored & { readonly exploration: DenseExploration };

function isDense(explored: Explored): explored is DenseExplored {
  return explored.exploration.decoder !== null;
}

/** Whose decoders are left to the pictures, if any. */
function pictured(others: readonly Explored[]): string | null {
  if (others.length === 0) return null;
  const labels = others.map(({ data }) => data.trial.label);
  const [those, are, they] = labels.length === 1
    ? ["That", "is", "it draws"]
    : ["Those", "are", "they draw"];
  return `The page computes decoders of rectified dense layers that end in a sigmoid. ${those} of ${
    [labels.slice(0, -1).join(", "), labels.at(-1)].filter(Boolean)
      .join(" and ")
  } ${are} of another kind: the pictures further down show what ${they}.`;
}

/** The first trials that fit in the page together. */
function withinBudget(
  shown: readonly DenseExplored[],
): readonly DenseExplored[] {
  let size = 0;
  return shown.filter(({ exploration }) => {
    size += packedSize(exploration);
    return size <= BUDGET;
  });
}

function beyond(
  shown: readonly Explored[],
  fitting: readonly Explored[],
): string | null {
  if (shown.length === fitting.length) return null;
  return ` ${
    plural(shown.length - fitting.length, "trial")
  } would not fit in the page: decoders may take ${BUDGET / 1e6} MB.`;
}

function screen(explored: Explored): Markup {
  const { label } = explored.data.trial;
  const { height, width } = explored.exploration.samples;
  return markup`<figure><figcaption>${
    swatch(explored)
  } ${label}</figcaption><canvas width="${width}" height="${height}" role="img" aria-label="What the decoder of ${label} makes of the sliders"></canvas><p class="small value"></p></figure>`;
}

function sliders(axes: number): Markup {
  const all = Array.from({ length: axes }, (_, rank) => slider(rank));
  const rest = all.slice(SHOWN);
  return markup`<div class="sliders">${all.slice(0, SHOWN)}</div>${
    rest.length > 0 &&
    markup`<details><summary>${
      plural(rest.length, "less active axis", "less active axes")
    }</summary><div class="sliders">${rest}</div></details>`
  }`;
}

function slider(rank: number): Markup {
  return markup`<label><span><span class="hidden">Axis of rank </span>${
    rank + 1
  }</span><input type="range" min="0.005" max="0.995" step="0.005" value="0.5" autocomplete="off"><span class="level" aria-hidden="true">50 %</span></label>`;
}

function errorText(error: number): string {
  return error < 1e-4 ? "0.01 %" : `${(100 * error).toPrecision(1)} %`;
}

function dependent(fitting: readonly Explored[]): string | null {
  const labels = fitting.filter(({ exploration }) =>
    exploration.dependence.dependent
  ).map(({ data }) => data.trial.label);
  if (labels.length === 0) return null;
  return ` The axes of ${
    labels.join(" and ")
  } depend on each other, so sliders can reach points that the prior makes improbable.`;
}
