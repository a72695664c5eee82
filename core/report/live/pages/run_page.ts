/**
 * The page of one run.
 *
 * @module
 */

import { markup } from "../../markup.ts";
import { lossCharts } from "../../charts/losses.ts";
import { COLORS, marksOf } from "../../series.ts";
import type { FoundRun } from "../../../runs/find_runs.ts";
import type { ArtifactStore } from "../../../store/store.ts";
import type { Fragments } from "../channel.ts";
import { lookAtRun, type RunView } from "../known/run_view.ts";
import type { StageSight } from "../known/stage_view.ts";
import type { Studio } from "../painting/studio.ts";
import { figures } from "./figures.ts";
import type { LivePage } from "./layout.ts";
import { picturesOf, trialCard } from "./pictures.ts";
import { head, progress } from "./progress.ts";

/** What {@link runPage} works with. */
export interface RunPageOptions {
  /** The run as it is now; null where it is gone. */
  readonly find: () => Promise<FoundRun | null>;
  readonly store: ArtifactStore;
  /** The project's folder. */
  readonly base: string;
  readonly studio: Studio;
}

/** What the names of trials' fragments begin with. */
const CARD = "trial-";

/** The page of the run `id`. */
export function runPage(id: string, options: RunPageOptions): LivePage {
  const { find, store, base, studio } = options;
  const draw = drawOnce();
  const logs: StageSight["logs"] = new Map();
  let shown: { found: FoundRun; fragments: Fragments } | undefined;
  return {
    title: id,
    lead: markup`<a href="/">All runs</a>`,
    arrange: (parts) => {
      const of = (cards: boolean) =>
        [...parts].filter(([id]) => id.startsWith(CARD) === cards)
          .map(([, part]) => part);
      return markup`${of(false)}<section aria-labelledby="samples">
<h2 id="samples">Samples</h2>
<p>While a prior trains, the same draws are decoded anew with each checkpoint; its finished samples take their place.</p>
<div class="cards pictures">${of(true)}</div></section>`;
    },
    look: async () => {
      const found = await find();
      if (found === null) return null;
      // Nothing happens any more where nobody is at it.
      const over = found.record.status !== "running";
      if (over && found === shown?.found) return shown.fragments;
      const run = await lookAtRun(found, { store, logs });
      const fragments = new Map<string, string>([
        ["head", head(run).text],
        ["progress", progress(run).text],
        ["figures", figures(run).text],
        ["curves", await draw("curves", curvesOf(run), drawCurves)],
      ]);
      for (const [i, trial] of run.trials.entries()) {
        const pictures = await picturesOf(run, trial, {
          store,
          base,
          studio,
        });
        const card = await draw(
          `${CARD}${i}`,
          pictures,
          (given) => trialCard(trial, given),
        );
        fragments.set(`${CARD}${i}`, card);
      }
      shown = { found, fragments };
      return fragments;
    },
  };
}

type Curves = ReturnType<typeof curvesOf>;

function curvesOf({ trials }: RunView) {
  const many = trials.length > COLORS;
  const marks = marksOf(
    trials.map(({ label, prior }) => many ? prior : label),
  );
  return trials.flatMap(({ epochs }, i) =>
    epochs.length === 0 ? [] : [{ ...marks[i]!, epochs }]
  );
}

async function drawCurves(trained: Curves): Promise<string> {
  return markup`<section aria-labelledby="curves"><h2 id="curves">Loss curves</h2>
${
    trained.length === 0
      ? markup`<p class="absent">They begin with the first epoch</p>`
      : await lossCharts(trained)
  }</section>`.text;
}

/** Draws a fragment again only where what it shows has changed. */
function drawOnce() {
  const drawn = new Map<string, [string, string]>();
  return async <T>(
    id: string,
    given: T,
    draw: (given: T) => Promise<string>,
  ): Promise<string> => {
    const now = JSON.stringify(given, digestible);
    const known = drawn.get(id);
    if (known?.[0] === now) return known[1];
    const html = await draw(given);
    drawn.set(id, [now, html]);
    return html;
  };
}

/** Functions read what a version beside them stands for. */
function digestible(_: string, value: unknown): unknown {
  return typeof value === "function" ? undefined : value;
}
