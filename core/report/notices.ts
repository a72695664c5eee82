/**
 * What a reader must know before the numbers: shown above everything else.
 *
 * @module
 */

import { NOT_ASKED } from "../pipeline/selection.ts";
import { hidePaths } from "../lib/shown_paths.ts";
import type { ReportData } from "./data.ts";
import { plural } from "./format.ts";

/** One thing to know. */
export interface Notice {
  /** `alarm`: the numbers are not what they seem; `warning`: something is wrong; `note`: good to know. */
  readonly severity: "alarm" | "warning" | "note";
  readonly title: string;
  readonly text: string;
}

/** Headline for data that is not real, the same in every output. */
export const SYNTHETIC_TITLE = "SYNTHETIC DIGITS, NOT REAL DATA";
/** Headline for figures that are no likelihood. */
export const GREY_TITLE = "GREY PIXELS: NOT A LIKELIHOOD";

/** Everything to know, the gravest first. */
export function noticesOf(data: ReportData): readonly Notice[] {
  return [
    ...syntheticNotices(data),
    ...greyNotices(data),
    ...failureNotices(data),
    ...data.warnings.map((text): Notice => ({
      severity: "warning",
      title: "Warning",
      text,
    })),
    ...unaskedNotices(data),
    ...settingNotices(data),
    ...missingNotices(data),
  ];
}

function syntheticNotices({ trials }: ReportData): readonly Notice[] {
  if (!trials.some(({ dataset }) => dataset?.synthetic)) return [];
  return [{
    severity: "alarm",
    title: SYNTHETIC_TITLE,
    text:
      "A program drew these images; no real data set was read. The pictures and numbers below compare priors with each other; they say nothing about MNIST and do not compare with published figures.",
  }];
}

function greyNotices({ trials }: ReportData): readonly Notice[] {
  const isScore = ({ pixels, binarization }: {
    readonly pixels?: unknown;
    readonly binarization?: unknown;
  }) => pixels === "binary" && binarization === "grey";
  const grey = trials.some(({ training, conditions }) =>
    isScore(training ?? {}) || isScore(conditions)
  );
  if (!grey) return [];
  return [{
    severity: "alarm",
    title: GREY_TITLE,
    text:
      "Images were used with their grey levels under a Bernoulli cross-entropy, which is not the likelihood of anything. The ELBO below is a score, and does not compare with figures for binary images.",
  }];
}

function failureNotices({ trials, status }: ReportData): readonly Notice[] {
  const notices = trials.flatMap(({ error }): Notice[] =>
    error === null
      ? []
      : [{ severity: "warning", title: "Failed", text: error }]
  );
  if (status === "interrupted") {
    notices.unshift({
      severity: "warning",
      title: "Interrupted",
      text: "The pipeline was stopped; what had been done until then is shown.",
    });
  }
  return [...new Map(notices.map((notice) => [notice.text, notice])).values()];
}

function settingNotices({ plan }: ReportData): readonly Notice[] {
  const notices: Notice[] = [];
  const { preset } = plan.config;
  if (preset !== null) {
    notices.push({
      severity: "note",
      title: `Preset "${preset}"`,
      text:
        "It was laid over the config, so settings differ from the full run's; see the configuration below.",
    });
  }
  if (plan.shared.engine.fallbackReason !== undefined) {
    notices.push({
      severity: "note",
      title: `Engine "${plan.shared.engine.name}"`,
      text: hidePaths(
        plan.shared.engine.fallbackReason,
        plan.config.baseDirectory,
      ),
    });
  }
  return notices;
}

function unaskedNotices({ trials }: ReportData): readonly Notice[] {
  const labels = new Map<string, string[]>();
  for (const { trial, stages } of trials) {
    const names = stages.filter(({ reason, status }) =>
      status === "skipped" && reason === NOT_ASKED
    ).map(({ name }) => name).join(", ");
    if (names === "") continue;
    labels.set(names, [...labels.get(names) ?? [], trial.label]);
  }
  return [...labels].map(([names, of]): Notice => ({
    severity: "note",
    title: `Not run for ${listLabels(of)}`,
    text:
      `${names}: not asked for this time, and not in the store. What they would show is missing below.`,
  }));
}

function listLabels(labels: readonly string[]): string {
  return labels.length > 4 ? plural(labels.length, "trial") : labels.join(", ");
}

function missingNotices({ trials, warnings }: ReportData): readonly Notice[] {
  const labels = new Map<string, string[]>();
  for (const { trial, measured } of trials) {
    for (const text of measured.evaluation?.missing ?? []) {
      if (warnings.includes(text)) continue;
      labels.set(text, [...labels.get(text) ?? [], trial.label]);
    }
  }
  return [...labels].map(([text, of]): Notice => ({
    severity: "note",
    title: `Missing for ${listLabels(of)}`,
    text,
  }));
}
