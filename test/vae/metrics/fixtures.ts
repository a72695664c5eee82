/** The fixtures of test/fixtures/metrics/. @module */

import { readFileSync } from "node:fs";
import type { Labelled, Points } from "../../../core/vae/metrics/mod.ts";

/** Points as the generator writes them. */
export interface FixturePoints {
  readonly width: number;
  readonly data: readonly number[];
}

/** Points with labels. */
export interface FixtureLabelled extends FixturePoints {
  readonly labels: readonly number[];
}

/** What generate.py computed; its functions say how. */
export interface MetricFixtures {
  readonly neighbours: {
    readonly train: FixtureLabelled;
    readonly test: FixtureLabelled;
    readonly indices: readonly number[];
    readonly distances: readonly number[];
    readonly accuracy: Readonly<Record<string, number>>;
    readonly probe: {
      readonly weights: readonly number[];
      readonly biases: readonly number[];
      readonly accuracy: number;
    };
  };
  readonly frechet: {
    readonly a: FixturePoints;
    readonly b: FixturePoints;
    readonly distance: number;
  };
  readonly sliced: {
    readonly a: FixturePoints;
    readonly b: FixturePoints;
    readonly directions: FixturePoints;
    readonly distance: number;
  };
  readonly precision_recall: {
    readonly real: FixturePoints;
    readonly generated: FixturePoints;
    readonly k: Readonly<
      Record<string, { readonly precision: number; readonly recall: number }>
    >;
  };
  readonly diversity: {
    readonly points: FixturePoints;
    readonly vendi: number;
    readonly labels: readonly number[];
    readonly entropy: number;
  };
  readonly activity: {
    readonly first: FixturePoints;
    readonly second: FixturePoints;
    readonly priorVariance: readonly number[];
    readonly interval: readonly number[];
    readonly circle: readonly number[];
    readonly sphere: readonly number[];
  };
  readonly copying: {
    readonly generated: readonly number[];
    readonly unseen: readonly number[];
    readonly probability: number;
    readonly error: number;
  };
}

/** The values of the generator. */
export const FIXTURES = JSON.parse(
  readFileSync(
    new URL("../../fixtures/metrics/metrics.json", import.meta.url),
    "utf8",
  ),
) as MetricFixtures;

/** As the metrics take them. */
export function toPoints({ width, data }: FixturePoints): Points {
  return { count: data.length / width, width, data: Float32Array.from(data) };
}

/** As the metrics take them. */
export function toLabelled(set: FixtureLabelled): Labelled {
  return { points: toPoints(set), labels: Uint8Array.from(set.labels) };
}
