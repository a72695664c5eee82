/**
 * Opens the model of a trial, and prints what comes of it in a line:
 *
 *     tsx _open_model.ts PATH LABEL OPTIONS
 *
 * @module
 */

import { argv } from "node:process";
import { openRun, type OpenRunOptions } from "../../core/mod.ts";

const [, , path = "", label = "", options = "{}"] = argv;
try {
  const run = await openRun(path, JSON.parse(options) as OpenRunOptions);
  const model = await run.trial(label).model();
  const { latents } = await model.sample(2);
  console.log(`${latents.length} numbers`);
  run.dispose();
} catch (error) {
  console.log((error as Error).message);
}
