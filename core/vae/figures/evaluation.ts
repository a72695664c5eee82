/**
 * Figures of the stage `evaluate`.
 *
 * @module
 */

import { formatCount, plural } from "../../lib/count.ts";
import type { Evaluation } from "../stages/_evaluate/run.ts";
import { type Detail, figureGroup, type Measured, ofCounts } from "./figure.ts";

const NATS = "nats a test image";
const ALL = ["binarization", "testImages"];

/** How the images were made binary, for captions. */
const BINARIZATIONS: Readonly<Record<Evaluation["binarization"], string>> = {
  dynamic: "pixels drawn from their grey levels (dynamic binarisation)",
  threshold: "pixels cut at one half (threshold)",
  grey: "grey pixels, which is not a likelihood",
};

/** The ELBO and its parts, and the likelihood. */
export const evaluation = figureGroup({
  from: "evaluation",
  id: "results",
  title: "Results",
  label: "Table of results",
  key: "test",
  apart: {
    condition: "binarization",
    words: {
      dynamic: "dynamic binarisation",
      threshold: "pixels cut at one half",
      grey: "grey pixels",
    },
  },
  figures: {
    elbo: {
      title: "ELBO",
      unit: NATS,
      better: "high",
      isMain: true,
      beside: "generated",
      under: ALL,
      explanation:
        "ELBO = −(reconstruction + KL), a lower bound on log p(x): higher is better.",
      read: ({ evaluation }) => evaluation?.elbo,
    },
    reconstruction: {
      title: "Reconstruction",
      unit: NATS,
      better: "low",
      beside: "reconstructions",
      under: ALL,
      explanation: "Reconstruction is −log p(x|z) under q(z|x).",
      read: ({ evaluation }) => evaluation?.reconstruction,
    },
    kl: {
      title: "KL",
      unit: NATS,
      better: null,
      under: ALL,
      explanation:
        "KL is KL(q(z|x) ‖ p(z)): no merit by itself, so no best is marked.",
      read: ({ evaluation }) => evaluation?.kl,
    },
    nll: {
      title: "NLL",
      unit: NATS,
      better: "low",
      isMain: true,
      beside: "generated",
      under: [...ALL, "nllSamples", "nllImages"],
      given: { symbol: "K", condition: "nllSamples" },
      explanation:
        "NLL is the importance-weighted estimate of −log p(x): lower is better.",
      read: ({ evaluation }) => evaluation?.nll,
    },
  },
  conditions: {
    binarization: {
      read: ({ evaluation }) => evaluation?.binarization,
      problem: (a, b) => `${a} and ${b} images do not compare`,
    },
    testImages: {
      read: ({ evaluation }) => evaluation?.images,
      problem: ofCounts("test image"),
    },
    nllSamples: {
      read: ({ evaluation }) => evaluation?.nll?.samples,
      problem: (a, b) => `${ofCounts("sample")(a, b)} an image`,
    },
    nllImages: {
      read: ({ evaluation }) => evaluation?.nll?.images,
      problem: ofCounts("test image"),
    },
  },
  caption,
  remark: "After ± stands the standard error of the mean over the test images.",
  exception: {
    holds: ({ evaluation }) => evaluation?.divergence === "estimate",
    text: (labels) =>
      `The KL of ${labels} has no closed form: it is an unbiased estimate, from one draw for each image.`,
  },
  detail: sweep,
  facts: ({ evaluation }) => {
    const { nll = null, missing = [] } = evaluation ?? {};
    return [
      ...(nll === null ? [] : [
        [
          "NLL",
          `${plural(nll.images, "image")}, K = ${
            formatCount(nll.samples)
          }, mean effective sample size ${nll.effectiveSampleSize.toFixed(1)}`,
        ] as const,
      ]),
      ...missing.map((text) => ["Missing", text] as const),
    ];
  },
});

/** The artifact in `summary.json`, beside its figures. */
export function summariseEvaluation(evaluation: Evaluation | null) {
  const nll = evaluation?.nll;
  return {
    elbo: evaluation?.elbo.mean ?? null,
    reconstruction: evaluation?.reconstruction.mean ?? null,
    kl: evaluation?.kl.mean ?? null,
    /** Importance-weighted; also null where the prior has no densities. */
    nll: nll?.mean ?? null,
    /** Importance samples an image behind `nll`. */
    nllSamples: nll?.samples ?? null,
    /** Standard error of `nll` over the test images. */
    nllError: nll?.standardError ?? null,
    /** How many of the samples count, on average. */
    nllEffectiveSampleSize: nll?.effectiveSampleSize ?? null,
    /** The NLL with fewer of the same samples; empty where there is none. */
    nllSweep: nll?.sweep ?? [],
    /** How the images were made binary: figures of different kinds do not compare. */
    binarization: evaluation?.binarization ?? null,
  };
}

function caption(runs: readonly Measured[]): string {
  const evaluations = runs.flatMap(({ evaluation }) => evaluation ?? []);
  const [first] = evaluations;
  if (first === undefined) return "No run has been evaluated.";
  const images = distinct(evaluations.map(({ images }) => images));
  const estimates = evaluations.flatMap(({ nll }) => nll ?? []);
  const samples = distinct(estimates.map(({ samples }) => samples));
  const nllImages = distinct(estimates.map(({ images }) => images));
  const nll = estimates.length === 0
    ? "no NLL"
    : `NLL with K = ${samples} importance ${
      samples === "1" ? "sample" : "samples"
    } on ${nllImages === images ? "all" : nllImages} of them`;
  const mark = evaluations.length > 1 ? " The best of a column is marked." : "";
  return `Means in nats per image on ${images} test ${
    images === "1" ? "image" : "images"
  }; ${BINARIZATIONS[first.binarization]}; ${nll}.${mark}`;
}

/** The NLL with fewer draws: how far the bound has tightened. */
function sweep(runs: readonly Measured[]): Detail | null {
  const sizes = new Set(
    runs.flatMap(({ evaluation }) => evaluation?.nll?.sweep ?? [])
      .map(({ samples }) => samples),
  );
  if (sizes.size < 2) return null;
  return {
    caption:
      "NLL in nats by the number K of importance samples, from the same draws: an upper bound that tightens as K grows. K = 1 is the negative ELBO. The effective sample size says how many of the K draws count; the error by draws is that of the NLL, were others drawn for the same images.",
    label: "Table of the NLL by importance samples",
    columns: [
      ...[...sizes].sort((a, b) => a - b).map((size) => ({
        name: `K = ${formatCount(size)}`,
        read: ({ evaluation }: Measured) =>
          evaluation?.nll?.sweep.find(({ samples }) => samples === size),
      })),
      {
        name: "Effective size",
        decimals: 1,
        read: ({ evaluation }) => evaluation?.nll?.effectiveSampleSize,
      },
      {
        name: "Error by draws",
        decimals: 3,
        read: ({ evaluation }) => evaluation?.nll?.samplingError,
      },
    ],
  };
}

function distinct(values: readonly number[]): string {
  return [...new Set(values)].map(formatCount).join(" or ");
}
