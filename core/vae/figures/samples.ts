/**
 * Figures of the stage `sample_metrics`.
 *
 * @module
 */

import { formatCount, plural } from "../../lib/count.ts";
import type { SampleMetrics } from "../stages/_metrics/run_sample_metrics.ts";
import { figureGroup, ofCounts } from "./figure.ts";

/** In the features of one classifier, of as many samples. */
const FEATURES = ["samples", "classifierAccuracy"];

/** How good, how different and how new generated images are. */
export const samples = figureGroup({
  from: "sampleMetrics",
  id: "sample-quality",
  title: "Samples in figures",
  short: "Samples",
  label: "Table of samples",
  key: "samples",
  figures: {
    frechet: {
      title: "Fréchet distance",
      short: "Fréchet",
      unit: "",
      better: "low",
      isMain: true,
      under: FEATURES,
      explanation: ({ sampleMetrics }) =>
        `The Fréchet distance is squared, and is of this classifier's features: it compares with no FID. Training images have ${
          sampleMetrics?.frechetFloor.toFixed(2)
        }.`,
      read: ({ sampleMetrics }) => sampleMetrics?.frechet,
    },
    precision: {
      title: "Precision",
      unit: "%",
      better: "high",
      under: [...FEATURES, "manifoldNeighbours"],
      explanation:
        "Precision is the share of samples within the manifold of test images,",
      read: ({ sampleMetrics }) => sampleMetrics?.precision,
    },
    recall: {
      title: "Recall",
      unit: "%",
      better: "high",
      under: [...FEATURES, "manifoldNeighbours"],
      explanation:
        "recall the share of test images within that of samples (Kynkäänniemi et al. 2019).",
      read: ({ sampleMetrics }) => sampleMetrics?.recall,
    },
    vendi: {
      title: "Vendi score",
      short: "Vendi",
      unit: "",
      better: null,
      under: FEATURES,
      explanation: ({ sampleMetrics }) =>
        `The Vendi score says how many different samples there are; the test images have ${
          sampleMetrics?.vendiOfTest.toFixed(2)
        }.`,
      read: ({ sampleMetrics }) => sampleMetrics?.vendi,
    },
    classEntropy: {
      title: "Class entropy",
      short: "Entropy",
      unit: "nats",
      better: null,
      decimals: 3,
      under: FEATURES,
      explanation: ({ sampleMetrics }) =>
        `The entropy of the classes that the classifier sees, in nats, is ${
          sampleMetrics?.classEntropyOfTest.toFixed(3)
        } for the test images.`,
      read: ({ sampleMetrics }) => sampleMetrics?.classEntropy,
    },
    nearer: {
      title: "Nearer than unseen",
      short: "Nearer",
      unit: "%",
      better: null,
      under: ["copyingImages"],
      explanation:
        "Nearer than unseen is the probability that a sample is nearer to its nearest training image than the reconstruction of a test image is to its own: 50 where both are as near, towards 100 where images were learnt by heart, towards 0 where samples are unlike any training image (Meehan et al. 2020).",
      read: ({ sampleMetrics }) => sampleMetrics?.copying.probability,
    },
  },
  conditions: {
    samples: {
      read: ({ sampleMetrics }) => sampleMetrics?.samples,
      problem: ofCounts("sample"),
    },
    classifierAccuracy: {
      read: ({ sampleMetrics }) => sampleMetrics?.classifierAccuracy.mean,
      problem: () => "in the features of two classifiers",
    },
    manifoldNeighbours: {
      read: ({ sampleMetrics }) => sampleMetrics?.neighbours,
      problem: ofCounts("neighbour"),
    },
    copyingImages: {
      read: ({ sampleMetrics }) => sampleMetrics?.copying.images,
      problem: ofCounts("sample"),
    },
  },
  caption: (trials) =>
    trials.flatMap(({ sampleMetrics }) => sampleMetrics ?? []).slice(0, 1)
      .map(caption).join(),
});

/** The artifact in `summary.json`, beside its figures and without pictures. */
export function summariseSamples(metrics: SampleMetrics | null) {
  if (metrics === null) return null;
  const { samples: _samples, nearest: _nearest, ...copying } = metrics.copying;
  return { ...metrics, copying };
}

function caption(
  { samples, neighbours, copying, classifierAccuracy }: SampleMetrics,
): string {
  return `${
    formatCount(samples)
  } decoder means of draws from the prior against as many grey test images, in the features of a classifier that names ${
    (100 * classifierAccuracy.mean).toFixed(2)
  } % of the test images rightly; manifolds with k = ${neighbours}; distances of ${
    plural(copying.images, "sample")
  } from all training images.`;
}
