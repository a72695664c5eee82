/**
 * Which tests start first, and which share a process.
 *
 * @module
 */

import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Files that take longest, the longest first. Whatever starts last, the others
 * wait for; and Vitest, before it has seen a file run, goes by its size.
 */
export const LONGEST: readonly string[] = [
  "test/plugins/conformance_native_test.ts",
  "test/faults/faults_test.ts",
  "test/plugins/conformance_wasm_test.ts",
  "test/pipeline/runner_test.ts",
  "test/resume/kill_test.ts",
  "test/conformance/wrong_test.ts",
  "test/start/copy_test.ts",
  "test/cli/runs_test.ts",
  "test/queue/sweep_test.ts",
  "test/queue/trouble_test.ts",
  "test/serve/browser_test.ts",
  "test/model/training_program_test.ts",
  "test/runs/keep_record_test.ts",
  "test/cli/check_test.ts",
  "test/plugins/seed_priors_test.ts",
  "test/plugins/catalogue_test.ts",
  "test/cli/new_test.ts",
  "test/start/launch_test.ts",
  "test/resume/death_test.ts",
  "test/serve/server_test.ts",
  "test/cli/convert_test.ts",
  "test/plugins/learnt_training_test.ts",
  "test/report/browser_test.ts",
];

/**
 * Files whose tests compute from values and files of their own: no engine is
 * started, nothing of the process is set, no module is replaced. A process of
 * its own would take each of them longer than its tests do.
 */
export const SHARING: readonly string[] = [
  "test/bench/**/*_test.ts",
  "test/cli/actions/*_test.ts",
  "test/cli/columns_test.ts",
  "test/cli/progress/{provision_notes,rate}_test.ts",
  "test/config/*_test.ts",
  "test/conformance/{line,quadrature,statistics}_test.ts",
  "test/convert/written_test.ts",
  "test/datasets/!(download|fingerprint|sources)_test.ts",
  "test/engine/compile/!(node_def)_test.ts",
  "test/engine/kernels/{formula,scalar}/*_test.ts",
  "test/engine/native/greeting_test.ts",
  "test/engine/{random_philox,surroundings}_test.ts",
  "test/latent/*_test.ts",
  "test/metrics/{active_units,linear_probe,sliced_wasserstein}_test.ts",
  "test/model/{batches,estimate,importance,schedule}_test.ts",
  "test/picture/*_test.ts",
  "test/pipeline/execute/{metrics_log,pace}_test.ts",
  "test/pipeline/key/*_test.ts",
  "test/pipeline/reason/field_changes_test.ts",
  "test/plugin/{check_built,constraints}_test.ts",
  "test/report/!(browser|latest|replace_folder)_test.ts",
  "test/report/{charts,explorer,image,sections}/*_test.ts",
  "test/runs/{compare,differences,find_runs,format,garbage,record}_test.ts",
  "test/stages/{early_stopping,explore_pictures}_test.ts",
  "test/store/{codec,safetensors}_test.ts",
  "test/store/folder/refusal_test.ts",
];

/**
 * Files that compute with engines, each of which sets the one that it wants.
 * To load them takes longer than most of these tests do.
 */
export const ENGINES: readonly string[] = [
  "test/conformance/trial_test.ts",
  "test/engine/compile/node_def_test.ts",
  "test/engine/kernels/compiled_test.ts",
  "test/engine/ops/*_test.ts",
  "test/engine/random_test.ts",
  "test/engine/wasm/{bridge,kernels,mat_mul,ops}_test.ts",
  "test/math/*_test.ts",
  "test/metrics/{neighbours,sample_metrics}_test.ts",
  "test/model/{importance_proof,learnt,marginal}_test.ts",
  "test/plugins/{beta_naive,beta_routes,learnt_density,learnt_kl,seed_priors}_test.ts",
];

/** The longest first; then what Vitest knows or guesses to be long. */
export class LongestFirst extends BaseSequencer {
  override async sort(
    files: TestSpecification[],
  ): Promise<TestSpecification[]> {
    const rest = await super.sort(files);
    const first = LONGEST.flatMap((path) =>
      rest.filter(({ moduleId }) => moduleId.endsWith(`/${path}`))
    );
    return [...new Set([...first, ...rest])];
  }
}
