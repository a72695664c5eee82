/**
 * Which tests start first, and which share a process.
 *
 * @module
 */

import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Files that take longest, the longest first in each project. Whatever starts
 * last, the others wait for; and Vitest, before it has seen a file run, goes by
 * its size.
 */
export const LONGEST: readonly string[] = [
  "test/plugins/conformance_native_proof.ts",
  "test/faults/faults_proof.ts",
  "test/cli/kept_runs_proof.ts",
  "test/cli/from_record_proof.ts",
  "test/cli/runs_proof.ts",
  "test/queue/trouble_proof.ts",
  "test/vae/conformance/wrong_proof.ts",
  "test/plugins/conformance_wasm_proof.ts",
  "test/plugins/objectives_proof.ts",
  "test/resume/kill_proof.ts",
  "test/load/copy_proof.ts",
  "test/queue/memory_proof.ts",
  "test/cli/check_proof.ts",
  "test/cli/convert_test.ts",
  "test/vae/model/training_program_proof.ts",
  "test/queue/sweep_proof.ts",
  "test/cli/foreign_record_proof.ts",
  "test/cli/control_characters_proof.ts",
  "test/plugins/catalogue_proof.ts",
  "test/cli/launcher_proof.ts",
  "test/cli/new_test.ts",
  "test/pipeline/execute/failure_test.ts",
  "test/vae/stages/metrics_proof.ts",
  "test/vae/model/objective_program_proof.ts",
  "test/vae/stages/train_objectives_proof.ts",
  "test/report/live/browser_proof.ts",
  "test/engine/ops/network_ops_proof.ts",
  "test/script/open_run_proof.ts",
  "test/pipeline/changes/changes_test.ts",
  "test/report/browser_proof.ts",
  "test/load/launch_proof.ts",
  "test/load/odd_folder_proof.ts",
  "test/vae/conformance/objectives/wrong_proof.ts",
  "test/plugins/guide_proof.ts",
  "test/plugins/networks/conformance_proof.ts",
  "test/plugins/learnt_training_proof.ts",
  "test/runs/keep_record_test.ts",
  "test/report/live/server_test.ts",
  "test/plugins/beta_routes_proof.ts",
  "test/plugins/likelihoods/conformance_proof.ts",
  "test/vae/conformance/trial_proof.ts",
  "test/resume/death_proof.ts",
  "test/cli/main_test.ts",
  "test/plugins/learnt_kl_proof.ts",
  "test/engine/wasm/network_ops_proof.ts",
  "test/cli/apart_test.ts",
  "test/pipeline/reason/explain_test.ts",
  "test/pipeline/execute/continuation_test.ts",
  "test/plugins/seed_priors_test.ts",
  "test/plugins/objective_guide_proof.ts",
  "test/runs/archive_test.ts",
  "test/plugins/limits_proof.ts",
  "test/engine/native/load_failure_test.ts",
  "test/plugins/ends_proof.ts",
  "test/convert/functions_proof.ts",
  "test/report/html_test.ts",
  "test/report/html_explored_test.ts",
  "test/plugins/likelihoods/guide_proof.ts",
  "test/store/s3/failure_test.ts",
  "test/vae/stages/train_test.ts",
  "test/vae/stages/sample_evaluate_test.ts",
  "test/plugins/density_gradient_proof.ts",
  "test/pipeline/execute/contention_test.ts",
  "test/cli/serve_test.ts",
  "test/pipeline/runner_test.ts",
  "test/report/image/comparison_test.ts",
  "test/cli/npm_itself_test.ts",
];

/**
 * Files, without `_test.ts` or `_proof.ts`, whose tests compute from values,
 * files and programs of their own: no engine is started, nothing of the process
 * stays set, no module is replaced. A process of its own would take most of them
 * longer than their tests do.
 */
export const SHARING: readonly string[] = [
  "test/bench/**/!(work)",
  "test/cli/!(declared|interrupt)",
  "test/cli/progress/*",
  "test/docs",
  "test/faults/*",
  "test/house/*",
  "test/lib/!(user_cache)",
  "test/lib/network/proxy",
  "test/load/*",
  "test/config/*",
  "test/vae/conformance/{line,quadrature,statistics,tail}",
  "test/convert/{output_folder,written}",
  "test/datasets/!(download|sources)",
  "test/engine/compile/!(node_def)",
  "test/engine/kernels/{formula,scalar}/*",
  "test/engine/native/{command,greeting,load_failure,pip,processor}",
  "test/engine/native/provision{,_failure,_lock,_repair}",
  "test/engine/{random_philox,surroundings}",
  "test/vae/latent/*",
  "test/vae/metrics/{active_units,linear_probe,sliced_wasserstein}",
  "test/vae/model/{batches,estimate,importance,schedule}",
  "test/picture/*",
  "test/pipeline/execute/*",
  "test/pipeline/{key,reason,source}/*",
  "test/pipeline/*",
  "test/plugins/**/{guide,objective_guide}",
  "test/vae/{moved_options,pairings}",
  "test/vae/plugin/*",
  "test/processes/*",
  "test/queue/*",
  "test/report/!(browser|latest|replace_folder)",
  "test/report/{charts,explorer,image,sections}/*",
  "test/resume/kill",
  "test/runs/*",
  "test/vae/stages/{early_stopping,explore_pictures,time}",
  "test/store/*",
  "test/store/folder/*",
  "test/store/s3/!(proxy)",
];

/**
 * Files, named likewise, that compute with engines, each of which sets the one that it wants.
 * To load them takes longer than most of these tests do.
 */
export const ENGINES: readonly string[] = [
  "test/vae/conformance/{one_row,trial,wrong}",
  "test/vae/conformance/{likelihoods,networks,objectives}/wrong",
  "test/convert/{formats,functions}",
  "test/engine/compile/node_def",
  "test/engine/kernels/compiled",
  "test/engine/ops/*",
  "test/engine/program/*",
  "test/engine/random",
  "test/engine/wasm/{bridge,heap,kernels,mat_mul,module,network_ops,ops}",
  "test/math/*",
  "test/vae/metrics/{neighbours,sample_metrics}",
  "test/vae/model/{importance_proof,learnt,marginal}",
  "test/vae/model/{objective,training}_program",
  "test/plugins/{beta_naive,beta_routes,catalogue,density_gradient}",
  "test/plugins/conformance{,_native,_wasm}",
  "test/plugins/{ends,limits,objectives,seed_priors}",
  "test/plugins/likelihoods/{conformance,exact}",
  "test/plugins/networks/*",
  "test/plugins/learnt_{density,kl,training}",
  "test/vae/stages/{disagreement,evaluate_resume,explore,metrics}",
  "test/vae/stages/{evaluate_terms,finite,pixel_forms,sample_evaluate}",
  "test/vae/stages/train{,_longer,_objectives,_resume}",
];

/**
 * Project by project, for a process of tests goes on only if the next file in
 * the queue is of its project; and in each the longest first, then what Vitest
 * knows or guesses to be long.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(
    files: TestSpecification[],
  ): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const projects = new Set(sorted.map(({ project }) => project));
    return [...projects].flatMap((its) => {
      const rest = sorted.filter(({ project }) => project === its);
      const first = LONGEST.flatMap((path) =>
        rest.filter(({ moduleId }) => moduleId.endsWith(`/${path}`))
      );
      return [...new Set([...first, ...rest])];
    });
  }
}
