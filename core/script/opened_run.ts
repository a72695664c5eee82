/// <reference lib="esnext.disposable" preserve="true" />
/** What a script has of a finished run. @module */

import type { EngineName } from "../engine/engine.ts";
import type { VaeModel } from "../vae/trained/vae_model.ts";
import type { PlaceOptions } from "./run_place.ts";

/** Options of `openRun`. */
export interface OpenRunOptions extends PlaceOptions {
  /** The weights after the last step, which is the default, or those of the best epoch. */
  readonly weights?: "last" | "best";
  /**
   * What computes: default the engine of the run, and wasm where that is the
   * native one and is not set up here.
   */
  readonly engine?: EngineName;
  /**
   * Opens models whose plugins are not those of the run: their sources have
   * changed since, or lie where an import may have put them. Their weights must
   * fit all the same.
   */
  readonly trust?: boolean;
}

/** A number that was measured. */
export interface OpenedFigure {
  readonly value: number;
  /** Its standard error, where it has one. */
  readonly error: number | null;
}

/** One trial of a run: a model, as a config has it. */
export interface OpenedTrial {
  /** `beta-1-1`. */
  readonly id: string;
  /** `Beta(1,1)`, with what tells it from other trials. */
  readonly label: string;
  /** Name of its prior. */
  readonly prior: string;
  /** Options of the prior, defaults filled in. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly latentDim: number;
  readonly seed: number;
  /**
   * In what trials differ besides: options of stages, `train.learningRate`, and
   * parts of the model that are not the usual ones, as a config names them.
   */
  readonly matrix: Readonly<Record<string, unknown>>;
  /** What was measured, by name: `elbo`, `nll`, in nats an image, and so on. */
  readonly figures: Readonly<Record<string, OpenedFigure>>;
  /** What the figures hold under: they compare where it is the same. */
  readonly conditions: Readonly<Record<string, string | number>>;
  /**
   * The trained model; opened by the first call, which starts the engine.
   *
   * @throws {UserError} where it was not trained, its training is not in the
   * store, or its plugins are missing or have changed since.
   */
  model(): Promise<VaeModel>;
}

/** A run. Disposing of it disposes of its models. */
export interface OpenedRun extends Disposable, AsyncDisposable {
  /** `default-1a2b3c4d`. */
  readonly id: string;
  /** Absolute path of its folder. */
  readonly directory: string;
  /** The config, complete; paths from the project's folder. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly trials: readonly OpenedTrial[];
  /**
   * The trial of an id or a label.
   *
   * @throws {UserError} where there is none of that name.
   */
  trial(name: string): OpenedTrial;
  /** Frees the models that were opened. */
  dispose(): void;
}
