/**
 * Where the sweeps of the long proof run: their configs, and how its programs
 * are started.
 *
 * @module
 */

import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Program, startProgram } from "./_program.ts";

/** What the sweeps are made of, as flags of the proof say. */
export interface SiteOptions {
  readonly seeds: string;
  readonly epochs: string;
  readonly images: string;
  readonly engine: string;
  readonly lease: string;
  readonly bucket?: string | undefined;
  readonly through?: string | undefined;
}

/** A folder with its sweeps, which are known by name. */
export interface Site {
  /** A run of a sweep as somebody types it, by the queue at `url` if any. */
  start(name: string, url: string | null): Program;
  /** A worker of it, numbered from 1. */
  work(name: string, url: string, number: number): Program;
  /** Reads every byte of its store. */
  verify(name: string): Program;
}

/** @param proxy URL of the way to the store's service, where it is on one. */
export function openSite(
  folder: string,
  values: SiteOptions,
  proxy: string | null,
): Site {
  const { through } = values;
  if (through !== undefined) chmodSync(folder, 0o2775);

  const begin = (
    words: readonly string[],
    { machine, number = 0 }: {
      readonly machine: string;
      readonly number?: number;
    },
  ) =>
    startProgram(words, {
      env: environmentOf(machine),
      through: through === undefined ? [] : [through, String(number)],
    });

  return {
    start: (name, url) => {
      const queue = url === null
        ? ["--concurrency", "2"]
        : ["--executor", "bullmq", "--redis", url];
      return begin(["run", "--config", configFile(name), ...queue], {
        machine: `${name}-starter`,
      });
    },
    work: (name, url, number) =>
      begin([
        ...["worker", "--config", configFile(name), "--redis", url],
        ...["--concurrency", "1", "--lease", values.lease],
      ], { machine: `${name}-${number}`, number }),
    verify: (name) =>
      begin(["verify", "--config", configFile(name)], {
        machine: `${name}-starter`,
      }),
  };

  function configFile(name: string): string {
    const file = join(folder, `${name}.json`);
    const config = {
      name: "sweep",
      priors: [
        "gaussian",
        ["gaussian", { mean: 1, variance: 2 }],
        "beta",
        "gamma",
      ],
      latentDim: [2, 10],
      seed: Array.from({ length: Number(values.seeds) }, (_, i) => i),
      engine: values.engine,
      outputs: join(folder, name),
      store: values.bucket === undefined
        ? join(folder, `${name}-store`)
        : `s3://${values.bucket}/${name}-${process.pid}`,
      load_mnist: {
        source: "files",
        trainLimit: Number(values.images),
        testLimit: 1000,
      },
      train: { epochs: Number(values.epochs) },
      evaluate: { nllSamples: 10 },
      without: ["latent_metrics", "classifier", "sample_metrics", "explore"],
    };
    writeFileSync(file, JSON.stringify(config));
    return file;
  }

  /** Every machine has a cache of its own of a store that is elsewhere. */
  function environmentOf(machine: string): NodeJS.ProcessEnv {
    const cache = join(folder, "caches", machine);
    mkdirSync(cache, { recursive: true });
    return {
      // The quiet ones are timed as they are.
      ...(machine.startsWith("trouble")
        ? { VAE_PRIORS_CHECKPOINT_SECONDS: "0.5" }
        : {}),
      ...(proxy === null
        ? {}
        : { VAE_PRIORS_CACHE: cache, AWS_ENDPOINT_URL: proxy }),
    };
  }
}
