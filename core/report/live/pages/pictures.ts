/**
 * What the trials of a run draw: from the last checkpoint while they train, and
 * then what their stages have made.
 *
 * @module
 */

import { hideCredentials } from "../../../lib/credentials.ts";
import { messageOf } from "../../../lib/errors.ts";
import { plural } from "../../format.ts";
import { type Markup, markup, pngUri } from "../../markup.ts";
import { TRIAL_FILES } from "../../paths.ts";
import { hidePaths } from "../../../lib/shown_paths.ts";
import type { ArtifactStore } from "../../../store/store.ts";
import { paintRequest } from "../known/paint_request.ts";
import type { RunView, TrialView } from "../known/run_view.ts";
import { readWhole } from "../known/stage_view.ts";
import type { Picture, Studio } from "../painting/studio.ts";

/** Pictures of a trial. */
export interface TrialPictures {
  readonly finished: readonly FinishedPicture[];
  /** While it trains; null before the first one is there. */
  readonly live: LivePicture | null;
  readonly training: boolean;
}

interface FinishedPicture {
  readonly title: string;
  readonly sha256: string;
  readonly read: () => Promise<Uint8Array>;
}

interface LivePicture {
  readonly saved: number;
  readonly text: string;
  readonly read: (() => Uint8Array) | null;
}

/** Finds them; begins a new live one where there is a newer checkpoint. */
export async function picturesOf(
  run: RunView,
  trial: TrialView,
  { store, base, studio }: {
    readonly store: ArtifactStore;
    /** The project's folder. */
    readonly base: string;
    readonly studio: Studio;
  },
): Promise<TrialPictures> {
  const finished = trial.views.flatMap((view): FinishedPicture[] =>
    PICTURES.flatMap(([file, title]) => {
      const sha256 = view.files[file];
      const address = { stage: view.name, key: view.key };
      const read = () => readWhole(store.admin.readFile(address, file));
      return sha256 === undefined ? [] : [{ title, sha256, read }];
    })
  );
  const training = trial.views.some(({ state }) => state === "running");
  return { finished, live: await livePicture(run, trial), training };

  async function livePicture(
    run: RunView,
    trial: TrialView,
  ): Promise<LivePicture | null> {
    try {
      const request = await paintRequest(run, trial, { store, base });
      const picture = request && studio.picture(request);
      return picture && describe(picture, base);
    } catch (error) {
      const why = hideCredentials(messageOf(error));
      return { saved: 0, text: hidePaths(why, base), read: null };
    }
  }
}

const PICTURES = [
  [TRIAL_FILES.samples, "Samples"],
  [TRIAL_FILES.reconstructions, "Test images above their reconstructions"],
] as const;

/** A trial's card as HTML. */
export async function trialCard(
  { label }: TrialView,
  { finished, live, training }: TrialPictures,
): Promise<string> {
  const figures: Markup[] = [];
  if (live !== null) {
    figures.push(figure(live.text, label, live.read?.() ?? null));
  } else {
    for (const { title, read } of finished) {
      figures.push(figure(title, label, await read()));
    }
  }
  const card = figures.length > 0
    ? figures
    : markup`<p class="absent">${
      training
        ? "Samples come with the first checkpoint, some seconds into the training"
        : "No samples"
    }</p>`;
  return markup`<div class="card"><h3>${label}</h3>${card}</div>`.text;
}

function figure(
  text: string,
  label: string,
  png: Uint8Array | null,
): Markup {
  return markup`<figure><figcaption class="small">${text}</figcaption>${
    png !== null &&
    markup`<img src="${pngUri(png)}" alt="${text}, ${label}">`
  }</figure>`;
}

function describe({ saved, painting }: Picture, base: string): LivePicture {
  if (painting.type === "none") {
    const why = hidePaths(painting.why, base);
    const text = `No samples yet: ${why}; they come when the stage is done`;
    return { saved, text, read: null };
  }
  const { png, epochs, steps } = painting;
  const trained = [
    ...(epochs > 0 ? [plural(epochs, "epoch")] : []),
    ...(steps > 0 ? [plural(steps, "step")] : []),
  ].join(" and ");
  return {
    saved,
    text: `Samples after ${trained} of training`,
    read: () => png,
  };
}
