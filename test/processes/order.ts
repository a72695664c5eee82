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
  "test/plugins/conformance_native_test.ts",
  "test/faults/faults_test.ts",
  "test/cli/runs_test.ts",
  "test/queue/trouble_test.ts",
  "test/vae/conformance/wrong_test.ts",
  "test/plugins/conformance_wasm_test.ts",
  "test/plugins/objectives_test.ts",
  "test/resume/kill_test.ts",
  "test/load/copy_test.ts",
  "test/queue/memory_test.ts",
  "test/cli/check_test.ts",
  "test/cli/convert_test.ts",
  "test/vae/model/training_program_test.ts",
  "test/queue/sweep_test.ts",
  "test/cli/foreign_record_test.ts",
  "test/plugins/catalogue_test.ts",
  "test/cli/launcher_test.ts",
  "test/cli/new_test.ts",
  "test/pipeline/execute/failure_test.ts",
  "test/vae/stages/metrics_test.ts",
  "test/vae/model/objective_program_test.ts",
  "test/vae/stages/train_objectives_test.ts",
  "test/report/live/browser_test.ts",
  "test/engine/ops/network_ops_test.ts",
  "test/script/open_run_test.ts",
  "test/pipeline/changes/changes_test.ts",
  "test/report/browser_test.ts",
  "test/load/launch_test.ts",
  "test/vae/conformance/objectives/wrong_test.ts",
  "test/plugins/guide_test.ts",
  "test/plugins/networks/conformance_test.ts",
  "test/plugins/learnt_training_test.ts",
  "test/runs/keep_record_test.ts",
  "test/report/live/server_test.ts",
  "test/plugins/beta_routes_test.ts",
  "test/plugins/likelihoods/conformance_test.ts",
  "test/vae/conformance/trial_test.ts",
  "test/resume/death_test.ts",
  "test/cli/main_test.ts",
  "test/plugins/learnt_kl_test.ts",
  "test/engine/wasm/network_ops_test.ts",
  "test/cli/apart_test.ts",
  "test/pipeline/reason/explain_test.ts",
  "test/pipeline/execute/continuation_test.ts",
  "test/plugins/seed_priors_test.ts",
  "test/plugins/objective_guide_test.ts",
  "test/runs/archive_test.ts",
  "test/plugins/limits_test.ts",
  "test/engine/native/load_failure_test.ts",
  "test/plugins/ends_test.ts",
  "test/convert/functions_test.ts",
  "test/report/html_test.ts",
  "test/plugins/likelihoods/guide_test.ts",
  "test/store/s3/failure_test.ts",
  "test/vae/stages/train_test.ts",
  "test/plugins/density_gradient_test.ts",
  "test/pipeline/execute/contention_test.ts",
  "test/cli/serve_test.ts",
  "test/pipeline/runner_test.ts",
  "test/report/image/comparison_test.ts",
  "test/cli/npm_flags_test.ts",
];

/**
 * Files whose tests compute from values, files and programs of their own: no
 * engine is started, nothing of the process stays set, no module is replaced. A
 * process of its own would take most of them longer than their tests do.
 */
export const SHARING: readonly string[] = [
  "test/bench/**/!(work)_test.ts",
  "test/cli/!(declared|interrupt)_test.ts",
  "test/cli/progress/*_test.ts",
  "test/docs_test.ts",
  "test/faults/*_test.ts",
  "test/house/*_test.ts",
  "test/lib/!(user_cache)_test.ts",
  "test/lib/network/proxy_test.ts",
  "test/load/*_test.ts",
  "test/config/*_test.ts",
  "test/vae/conformance/{line,quadrature,statistics,tail}_test.ts",
  "test/convert/written_test.ts",
  "test/datasets/!(download|sources)_test.ts",
  "test/engine/compile/!(node_def)_test.ts",
  "test/engine/kernels/{formula,scalar}/*_test.ts",
  "test/engine/native/{command,greeting,load_failure,pip,processor}_test.ts",
  "test/engine/native/provision{,_failure,_lock,_repair}_test.ts",
  "test/engine/{random_philox,surroundings}_test.ts",
  "test/vae/latent/*_test.ts",
  "test/vae/metrics/{active_units,linear_probe,sliced_wasserstein}_test.ts",
  "test/vae/model/{batches,estimate,importance,schedule}_test.ts",
  "test/picture/*_test.ts",
  "test/pipeline/execute/*_test.ts",
  "test/pipeline/{key,reason,source}/*_test.ts",
  "test/pipeline/*_test.ts",
  "test/plugins/**/{guide,objective_guide}_test.ts",
  "test/vae/{moved_options,pairings}_test.ts",
  "test/vae/plugin/*_test.ts",
  "test/processes/*_test.ts",
  "test/queue/*_test.ts",
  "test/report/!(browser|latest|replace_folder)_test.ts",
  "test/report/{charts,explorer,image,sections}/*_test.ts",
  "test/resume/kill_test.ts",
  "test/runs/*_test.ts",
  "test/vae/stages/{early_stopping,explore_pictures,time}_test.ts",
  "test/store/*_test.ts",
  "test/store/folder/*_test.ts",
  "test/store/s3/!(proxy)_test.ts",
];

/**
 * Files that compute with engines, each of which sets the one that it wants.
 * To load them takes longer than most of these tests do.
 */
export const ENGINES: readonly string[] = [
  "test/vae/conformance/{one_row,trial,wrong}_test.ts",
  "test/vae/conformance/{likelihoods,networks,objectives}/wrong_test.ts",
  "test/convert/{formats,functions}_test.ts",
  "test/engine/compile/node_def_test.ts",
  "test/engine/kernels/compiled_test.ts",
  "test/engine/ops/*_test.ts",
  "test/engine/program/*_test.ts",
  "test/engine/random_test.ts",
  "test/engine/wasm/{bridge,heap,kernels,mat_mul,module,network_ops,ops}_test.ts",
  "test/math/*_test.ts",
  "test/vae/metrics/{neighbours,sample_metrics}_test.ts",
  "test/vae/model/{importance_proof,learnt,marginal}_test.ts",
  "test/vae/model/{objective,training}_program_test.ts",
  "test/plugins/{beta_naive,beta_routes,catalogue,density_gradient}_test.ts",
  "test/plugins/conformance_{native,wasm}_test.ts",
  "test/plugins/{ends,limits,objectives,seed_priors}_test.ts",
  "test/plugins/likelihoods/{conformance,exact}_test.ts",
  "test/plugins/networks/*_test.ts",
  "test/plugins/learnt_{density,kl,training}_test.ts",
  "test/vae/stages/{disagreement,evaluate_resume,explore,metrics}_test.ts",
  "test/vae/stages/{evaluate_terms,finite,pixel_forms}_test.ts",
  "test/vae/stages/{train,train_objectives,train_resume}_test.ts",
];

/** What `npm run archive` tests, and `npm test` does not. */
export const ARCHIVE = "test/package/archive_test.ts";

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
