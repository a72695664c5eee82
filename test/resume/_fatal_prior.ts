/**
 * A Gaussian whose sampler aborts the process at its 40th call: once, where
 * `FATAL_MARK` names a file that is not there yet, and always without a name.
 *
 * @module
 */

import { existsSync, writeFileSync } from "node:fs";
import { tf } from "../../core/mod.ts";
import { gaussianWith } from "../vae/conformance/_right.ts";

const FATAL_CALL = 40;
let calls = 0;

export default gaussianWith({
  name: "fatal",
  module: import.meta.url,
}, () => ({
  sample({ mean, scale }, random) {
    if (++calls === FATAL_CALL) abort();
    return tf.add(mean, tf.mul(scale, random.normal(mean.shape)));
  },
}));

function abort(): void {
  const mark = process.env["FATAL_MARK"] ?? "";
  if (existsSync(mark)) return;
  if (mark !== "") writeFileSync(mark, "");
  process.abort();
}
