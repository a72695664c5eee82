/**
 * Figures of the stage `latent_metrics`.
 *
 * @module
 */

import { plural } from "../../lib/count.ts";
import type { LatentMetrics } from "../stages/_metrics/run_latent_metrics.ts";
import { figureGroup, ofCounts } from "./figure.ts";

const PRIOR_DEVIATIONS = "the prior's standard deviations";

/** What the latent spaces are used for, and how far they are from their priors. */
export const latents = figureGroup({
  from: "latentMetrics",
  id: "latents",
  title: "Latent spaces",
  short: "Latents",
  label: "Table of latent spaces",
  key: "latents",
  figures: {
    activeUnits: {
      title: "Active units",
      short: "Active",
      unit: "",
      better: null,
      decimals: 0,
      under: ["latentImages"],
      explanation:
        "A unit is active where the variance of its posterior mean over the images is above 1 % of the prior's (Burda et al. 2016); on spheres it is a principal direction, on circles an angle.",
      read: ({ latentMetrics }) => latentMetrics?.units.active,
    },
    knn: {
      title: "k-NN",
      unit: "%",
      better: "high",
      under: ["latentImages", "trainImages", "neighbours"],
      explanation:
        "k-NN and linear probe tell the labels of test images from posterior means (a vote of the nearest; multinomial logistic regression); after ± stands the binomial standard error.",
      read: ({ latentMetrics }) => latentMetrics?.knn,
    },
    probe: {
      title: "Linear probe",
      short: "Probe",
      unit: "%",
      better: "high",
      under: ["latentImages", "trainImages"],
      explanation: "",
      read: ({ latentMetrics }) => latentMetrics?.probe,
    },
    aggregateDistance: {
      title: "Aggregate to prior",
      short: "Aggregate",
      unit: PRIOR_DEVIATIONS,
      better: "low",
      decimals: 3,
      isMain: true,
      under: ["aggregateDraws"],
      explanation:
        "Aggregate to prior is the sliced 2-Wasserstein distance of z ~ q(z|x), x over the test images, from z ~ p(z), in the prior's standard deviations;",
      read: ({ latentMetrics }) => latentMetrics?.aggregate.distance,
    },
    aggregateFloor: {
      title: "Prior to prior",
      short: "Least",
      unit: PRIOR_DEVIATIONS,
      better: null,
      decimals: 3,
      under: ["aggregateDraws"],
      explanation:
        "prior to prior is what two samples of the prior have, the least it can be.",
      read: ({ latentMetrics }) => latentMetrics?.aggregate.floor,
    },
  },
  conditions: {
    latentImages: {
      read: ({ latentMetrics }) => latentMetrics?.testImages,
      problem: ofCounts("test image"),
    },
    trainImages: {
      read: ({ latentMetrics }) => latentMetrics?.trainImages,
      problem: ofCounts("training image"),
    },
    neighbours: {
      read: ({ latentMetrics }) => latentMetrics?.knn?.k,
      problem: ofCounts("neighbour"),
    },
    aggregateDraws: {
      read: ({ latentMetrics }) => latentMetrics?.aggregate.draws,
      problem: ofCounts("draw"),
    },
  },
  caption: (trials) =>
    trials.flatMap(({ latentMetrics }) => latentMetrics ?? []).slice(0, 1)
      .map(caption).join(),
  remark:
    "Largest KLs are the means of the dimensions that tell most, in nats, where a prior is one dimension many times over.",
  words: {
    "Largest KLs": ({ latentMetrics }) =>
      latentMetrics === null ? "" : largestKls(latentMetrics),
  },
});

/** The artifact in `summary.json`, beside its figures. */
export function summariseLatents(metrics: LatentMetrics | null) {
  if (metrics === null) return null;
  const { missing: _missing, ...figures } = metrics;
  return figures;
}

function caption(
  { testImages, trainImages, knn, aggregate }: LatentMetrics,
): string {
  const labels = knn === null
    ? ""
    : ` Labels from ${plural(trainImages, "training image")}, k = ${knn.k}.`;
  return `Latents of ${
    plural(testImages, "test image")
  }.${labels} Distances of ${plural(aggregate.draws, "draw")} on either side, ${
    plural(aggregate.groups, "time")
  }.`;
}

/** The largest three, and how many there are. */
function largestKls({ klByDimension }: LatentMetrics): string {
  if (klByDimension === null) return "no such parts";
  const sorted = klByDimension.map(({ mean }) => mean).toSorted((a, b) =>
    b - a
  );
  const shown = sorted.slice(0, 3)
    .map((nats) => nats.toFixed(2).replace("-", "−")).join(", ");
  return sorted.length > 3 ? `${shown} … of ${sorted.length}` : shown;
}
