/** Tables as runs make them. @module */

import type { Design } from "./_tables.ts";

/** As the ELBO of MNIST has it: images vary most, and all models alike. */
const BASE = {
  images: 100,
  imageDeviation: 12,
  differenceDeviation: 0.5,
  noise: 1,
} as const;

const EQUAL = [0, 0, 0, 0];

/** What is tried. */
export const DESIGNS: readonly Design[] = [
  {
    ...BASE,
    name: "4 configurations, 3 seeds each, nothing different",
    seeds: [3, 3, 3, 3],
    seedDeviation: [0.2, 0.2, 0.2, 0.2],
    means: EQUAL,
  },
  {
    ...BASE,
    name: "4 configurations, 5 seeds each, nothing different",
    seeds: [5, 5, 5, 5],
    seedDeviation: [0.2, 0.2, 0.2, 0.2],
    means: EQUAL,
  },
  {
    ...BASE,
    name: "4 configurations, 10 seeds each, nothing different",
    seeds: [10, 10, 10, 10],
    seedDeviation: [0.2, 0.2, 0.2, 0.2],
    means: EQUAL,
  },
  {
    ...BASE,
    name: "5 seeds, some luckier than others",
    seeds: [5, 5, 5, 5],
    seedDeviation: [0.1, 0.2, 0.2, 0.4],
    means: EQUAL,
  },
  {
    ...BASE,
    name: "3, 4, 6 and 10 seeds",
    seeds: [3, 4, 6, 10],
    seedDeviation: [0.2, 0.2, 0.2, 0.2],
    means: EQUAL,
  },
  {
    ...BASE,
    name: "5 seeds each, images that tell models apart",
    differenceDeviation: 2,
    seeds: [5, 5, 5, 5],
    seedDeviation: [0.2, 0.2, 0.2, 0.2],
    means: EQUAL,
  },
  {
    ...BASE,
    name: "5 seeds each, two equal, one 0.5 and one 2 nats behind",
    seeds: [5, 5, 5, 5],
    seedDeviation: [0.2, 0.2, 0.2, 0.2],
    means: [0, 0, -0.5, -2],
  },
  {
    ...BASE,
    name: "one seed, no training luck",
    seeds: [1, 1, 1, 1],
    seedDeviation: [0, 0, 0, 0],
    means: EQUAL,
  },
];
