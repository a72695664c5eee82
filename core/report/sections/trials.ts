/**
 * Each trial by itself: its options and what else is known of it.
 *
 * @module
 */

import { stageOptionsOf } from "../../vae/matrix.ts";
import type { PlanInput } from "../../pipeline/types.ts";
import type { Architecture } from "../../vae/model/artifacts.ts";
import type { TrialData } from "../data.ts";
import { formatNats, formatValue, plural } from "../format.ts";
import { hidePaths } from "../../lib/shown_paths.ts";
import { GROUPS } from "../../vae/figures.ts";
import { type Fragment, type Markup, markup } from "../markup.ts";
import { type Series, seriesOf } from "../series.ts";
import type { Section } from "./section.ts";
import { swatch } from "./swatch.ts";

/** Each trial by itself. */
export const trials: Section = {
  id: "trials",
  title: "Trial by trial",
  short: "Trials",
  render: (data) => {
    const { config } = data.plan;
    return markup`${seriesOf(data).map((series) => details(series, config))}`;
  },
};

function details(series: Series, config: PlanInput): Markup {
  const { data } = series;
  const facts = [
    ...priorFacts(data, config),
    ...modelFacts(data),
    ...GROUPS.flatMap((group) => group.facts?.(data.measured) ?? []),
  ];
  return markup`<details><summary>${
    swatch(series)
  } ${data.trial.label}</summary>
<dl>${
    facts.map(([name, value]) =>
      markup`<div><dt>${name}</dt><dd>${value}</dd></div>`
    )
  }</dl></details>`;
}

/** Forms of pixels that are not made binary. */
const PIXELS = {
  unit: "as numbers from 0 to 1",
  bytes: "as 256 grey levels",
} as const;

type Fact = readonly [string, Fragment];

function priorFacts(
  { trial, error }: TrialData,
  config: PlanInput,
): readonly Fact[] {
  const { baseDirectory: base } = config;
  const { definition, options } = trial.values.prior;
  return [
    ...(error === null ? [] : [["Failed", error] as const]),
    ["Prior", `${definition.name} ${definition.version}`],
    ["What it is", definition.description],
    ["Options", optionsText(options, base) || "none"],
    ...partFacts(trial.values, base),
    ["Latent dimension", trial.values.latentDim],
    ["Seed", trial.values.seed],
    ...Object.entries(stageOptionsOf(config, trial.values)).map((
      [name, value],
    ) => [name, formatValue(value)] as const),
    ["Files", markup`<code>${trial.id}/</code>`],
  ];
}

/** `mlp 1.0.0, hidden = [400]`, and so on. */
function partFacts(
  { network, likelihood, objective }: TrialData["trial"]["values"],
  base: string,
): readonly Fact[] {
  return Object.entries({ network, likelihood, objective })
    .map(([kind, { definition: { name, version }, options }]) => [
      kind.charAt(0).toUpperCase() + kind.slice(1),
      [`${name} ${version}`, optionsText(options, base)].filter(Boolean)
        .join(", "),
    ]);
}

function optionsText(
  options: Readonly<Record<string, unknown>>,
  base: string,
): string {
  return Object.entries(options).map(([key, value]) =>
    `${key} = ${hidePaths(formatValue(value), base)}`
  ).join(", ");
}

function modelFacts({ training }: TrialData): readonly Fact[] {
  if (training === null) return [];
  const { architecture, epochs, bestEpoch, execution } = training;
  const last = epochs.at(-1);
  const head = Object.entries(architecture.head).map(([name, units]) =>
    `${name} (${units})`
  );
  return [
    ["Image – latent – image", sizes(architecture)],
    ["Head", head.join(", ")],
    training.pixels === "binary"
      ? ["Binarisation", training.binarization]
      : ["Pixels", PIXELS[training.pixels]],
    [
      "Training",
      `${plural(epochs.length, "epoch")}, ${
        plural(training.steps, "step")
      }; best epoch ${bestEpoch}`,
    ],
    ["Last loss", last && `${formatNats(last.loss)} nats`],
    [
      "Steps ran",
      execution.compiled
        ? "as a compiled graph"
        : `op by op${execution.reason ? `: ${execution.reason}` : ""}`,
    ],
  ];
}

function sizes({ inputSize, latentWidth }: Architecture): string {
  return `${inputSize} – ${latentWidth} – ${inputSize}`;
}
