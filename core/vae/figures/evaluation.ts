/**
 * Figures of the stage `evaluate`.
 *
 * @module
 */

import { formatCount, plural } from "../../lib/count.ts";
import { caption, sweep } from "./evaluation_words.ts";
import { elboTerms, inBits, termsInBits } from "./evaluation_terms.ts";
import type { Evaluation } from "../stages/_evaluate/evaluation.ts";
import { figureGroup, ofCounts } from "./figure.ts";

const NATS = "nats a test image";
/** Forms of pixels, where they do not compare. */
const FORMS: Readonly<Record<string, string>> = {
  binary: "probabilities of binary pixels",
  unit: "densities of pixels from 0 to 1",
  bytes: "probabilities of grey levels",
};
const BITS = "bits a dimension";
const ALL = ["pixels", "binarization", "testImages"];

/** The ELBO and its parts, and the likelihood. */
export const evaluation = figureGroup({
  from: "evaluation",
  id: "results",
  title: "Results",
  label: "Table of results",
  key: "test",
  apart: {
    kindOf: ({ pixels = "binary", binarization }) =>
      String(pixels === "binary" ? binarization ?? "" : pixels) || undefined,
    words: {
      dynamic: "dynamic binarisation",
      threshold: "pixels cut at one half",
      grey: "grey pixels",
      unit: "densities of pixels from 0 to 1",
      bytes: "256 grey levels",
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
      terms: ({ evaluation }) => elboTerms(evaluation),
    },
    reconstruction: {
      title: "Reconstruction",
      unit: NATS,
      better: "low",
      beside: "reconstructions",
      under: ALL,
      explanation: "Reconstruction is −log p(x|z) under q(z|x).",
      read: ({ evaluation }) => evaluation?.reconstruction,
      terms: ({ evaluation }) => evaluation?.terms?.reconstruction,
    },
    kl: {
      title: "KL",
      unit: NATS,
      better: null,
      under: ALL,
      explanation:
        "KL is KL(q(z|x) ‖ p(z)): no merit by itself, so no best is marked.",
      read: ({ evaluation }) => evaluation?.kl,
      terms: ({ evaluation }) => evaluation?.terms?.kl,
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
      terms: ({ evaluation }) => evaluation?.terms?.nll,
    },
    elboBits: {
      title: "Bits per dimension",
      short: "bits/dim",
      unit: BITS,
      better: "low",
      isRare: true,
      decimals: 3,
      under: ALL,
      explanation:
        "Bits per dimension are −ELBO / (P ln 2) for the P values of an image, and likewise of the NLL: what a code of the grey levels takes for each.",
      read: (measured) => inBits(measured, measured.evaluation?.elbo, -1),
      terms: ({ evaluation }) =>
        termsInBits(evaluation, elboTerms(evaluation), -1),
    },
    nllBits: {
      title: "Bits per dimension, NLL",
      short: "bits/dim, NLL",
      unit: BITS,
      better: "low",
      isRare: true,
      decimals: 3,
      under: [...ALL, "nllSamples", "nllImages"],
      explanation: "",
      read: (measured) => inBits(measured, measured.evaluation?.nll, 1),
      terms: ({ evaluation }) =>
        termsInBits(evaluation, evaluation?.terms?.nll, 1),
    },
  },
  conditions: {
    pixels: {
      read: ({ evaluation }) => evaluation?.pixels,
      problem: (a, b) => `${FORMS[a] ?? a} and ${FORMS[b] ?? b} do not compare`,
    },
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
    /** Which pixels the likelihood is one of, and how such were made binary: figures of different kinds do not compare. */
    pixels: evaluation?.pixels ?? null,
    binarization: evaluation?.binarization ?? null,
  };
}
