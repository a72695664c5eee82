/**
 * vae-priors for authors of priors and stages, and for scripts: all that is
 * public. Importing it loads no TensorFlow; the first use of {@link tf} does.
 *
 * A prior in one file:
 *
 * ```ts
 * import { definePrior, identity, positive, real, tf, v } from "vae-priors";
 *
 * export default definePrior({
 *   name: "standard_normal",
 *   version: "1.0.0",
 *   apiVersion: 1,
 *   module: import.meta.url,
 *   description: "N(0, 1) with a diagonal Gaussian posterior",
 *   options: v.strictObject({}),
 *   head: (_, { latentDim }) => ({
 *     mean: { units: latentDim, constrain: identity },
 *     scale: { units: latentDim, constrain: positive() },
 *   }),
 *   create: (_, { latentDim }) => ({
 *     support: real,
 *     reparameterization: "explicit",
 *     sample: ({ mean, scale }, random) =>
 *       tf.add(mean, tf.mul(scale, random.normal(mean.shape))),
 *     klDivergence: ({ mean, scale }) =>
 *       tf.sum(
 *         tf.sub(
 *           tf.mul(0.5, tf.add(tf.square(mean), tf.square(scale))),
 *           tf.add(0.5, tf.log(scale)),
 *         ),
 *         1,
 *       ),
 *     posteriorMean: ({ mean }) => mean,
 *     priorSample: (count, random) =>
 *       random.normal([count, latentDim]).as2D(count, latentDim),
 *   }),
 * });
 * ```
 *
 * @module
 */

export * as v from "valibot";

export { definePipeline } from "./vae/define.ts";
export type {
  PipelineConfig,
  PresetConfig,
  SearchConfig,
} from "./vae/config.ts";
export type { ResolvedConfig } from "./config/types.ts";
export type { StageOptions } from "./pipeline/types.ts";
export type {
  Engine,
  EngineChoice,
  EngineInfo,
  EngineName,
} from "./engine/engine.ts";
export { bernoulliNegativeLogLikelihood } from "./engine/ops/bernoulli.ts";
export { type Activation, dense } from "./engine/ops/dense.ts";
export {
  type Scaled,
  scaleGradient,
  stopGradient,
} from "./engine/ops/gradient_flow.ts";
export type { Random } from "./engine/random.ts";
export { isTensorFlowLoaded, tf } from "./engine/tf.ts";
export type {
  NamedTensorMap,
  Scalar,
  Tensor,
  Tensor1D,
  Tensor2D,
  Tensor3D,
  Tensor4D,
} from "./engine/tf.ts";
export {
  type ExplainedErrorOptions,
  RepeatableError,
  RunError,
  UserError,
} from "./lib/errors.ts";
export * from "./math/mod.ts";
export type * from "./vae/metrics/artifacts.ts";
export type * from "./vae/model/artifacts.ts";
export type {} from "./vae/artifacts.ts";
export type {} from "./vae/engine_provider.ts";
export type {} from "./vae/latent_dim_axis.ts";
export type {} from "./vae/likelihood_axis.ts";
export type {} from "./vae/network_axis.ts";
export type {} from "./vae/objective_axis.ts";
export type {} from "./vae/prior_axis.ts";
export type {} from "./vae/seed_axis.ts";
export type { Evaluation } from "./vae/stages/_evaluate/evaluation.ts";
export type { LatentMetrics } from "./vae/stages/_metrics/run_latent_metrics.ts";
export type { SampleMetrics } from "./vae/stages/_metrics/run_sample_metrics.ts";
export type { ArtifactName, Artifacts } from "./pipeline/artifacts.ts";
export type {
  Checkpoint,
  Continues,
  ContinuesFrom,
  EarlierArtifact,
} from "./pipeline/continues.ts";
export type { Judged } from "./pipeline/search/judged.ts";
export {
  defineStage,
  type OptionsSchema,
  type Param,
  type Stage,
  type StageContext,
  type StageDefinition,
} from "./pipeline/stage.ts";
export type {
  PipelineEvent,
  PipelineResult,
  Plan,
  PlanInput,
  StageNode,
  StageOutcome,
  Trial,
  TrialOutcome,
} from "./pipeline/types.ts";
export type { Axis, AxisValues, Given, Provider } from "./pipeline/provider.ts";
export * from "./vae/plugin/constraints.ts";
export * from "./vae/plugin/layers.ts";
export type * from "./vae/plugin/learnt.ts";
export * from "./vae/plugin/likelihood.ts";
export * from "./vae/plugin/network.ts";
export * from "./vae/plugin/objective.ts";
export type {
  Plugin,
  PluginDefinition,
  PluginEntry,
  PluginIdentity,
  PluginOptions,
  PluginReference,
  ResolvedPlugin,
} from "./vae/plugin/kind.ts";
export * from "./vae/plugin/prior.ts";
export * from "./vae/plugin/support.ts";
export {
  type GridOptions,
  imagesPng,
  type PictureShape,
} from "./picture/mod.ts";
export type { RunOptions } from "./pipeline/runner.ts";
export type { SelectionOptions } from "./pipeline/selection.ts";
export type * from "./report/summary_types.ts";
export type { ReportPaths } from "./report/write.ts";
export {
  type PipelineRun,
  type PrepareOptions,
  runPipeline,
  type RunPipelineOptions,
} from "./run.ts";
export { openRun } from "./script/open_run.ts";
export type * from "./script/opened_run.ts";
export type { PlaceOptions } from "./script/run_place.ts";
export type {
  EncodedImages,
  GeneratedImages,
  ImageArray,
  LogLikelihoodOptions,
  SampleOptions,
  VaeModel,
} from "./vae/trained/vae_model.ts";
export type { Dataset, ImageSet } from "../datasets/mod.ts";
export {
  type ArrayDataset,
  type ArraysOptions,
  fromArrays,
  type LabelledArrays,
} from "../datasets/from_arrays.ts";
