/**
 * The stage that reads the data set.
 *
 * What would be read is settled when a run is planned, in `inputs`: files are
 * found, or fetched from the mirrors, or it is known that there are none. The
 * cache key so states exactly which bytes a run sees: one that fell back to
 * drawn digits is no hit once there is MNIST. `run` never fetches anything.
 *
 * @module
 */

import { isDeepStrictEqual } from "node:util";
import * as v from "valibot";
import {
  ARRAYS_ID,
  countClasses,
  findSource,
  fingerprintSource,
  readSource,
} from "../../../datasets/mod.ts";
import { UserError } from "../../lib/errors.ts";
import { defineStage, type Stage } from "../../pipeline/stage.ts";

const limit = v.pipe(v.number(), v.integer(), v.minValue(1));

/** Gives `dataset`. */
const loadMnist: Stage = defineStage({
  name: "load_mnist",
  version: 1,
  module: import.meta.url,
  description: "Reads MNIST or another data set of images, or draws digits",
  options: v.strictObject({
    dir: v.optional(v.pipe(
      v.string(),
      v.nonEmpty(),
      v.description(
        "folder of the data set's files, or an archive of NumPy's, from the config's folder; default MNIST_DIR, then datasets/mnist",
      ),
    )),
    arrays: v.optional(v.pipe(
      v.string(),
      v.regex(ARRAYS_ID, "want what fromArrays gives"),
      v.description(
        "arrays of a script, which dataset in the config sets: fromArrays({ images, labels })",
      ),
    )),
    source: v.optional(
      v.pipe(
        v.picklist(["auto", "files", "synthetic"]),
        v.description(
          "auto draws digits where no files can be had, files fails then, synthetic always draws",
        ),
      ),
      "auto",
    ),
    trainLimit: v.optional(
      v.pipe(
        limit,
        v.description(
          "training images to take, from the first on; default all",
        ),
      ),
    ),
    testLimit: v.optional(
      v.pipe(
        limit,
        v.description("test images to take, from the first on; default all"),
      ),
    ),
  }),
  inputs: [],
  outputs: ["dataset"],
  params: [],

  async externalFiles({ dir, arrays, source }, { baseDirectory, digest }) {
    // A plan may be the first to need the data, and 11 MB take a while.
    const notify = (message: string) =>
      void process.stderr.write(`${message}\n`);
    return await fingerprintSource(
      await findSource({ dir, arrays, source, baseDirectory, notify }),
      digest,
    );
  },

  async run(_inputs, options, context) {
    context.signal.throwIfAborted();
    const { dir, arrays, source, trainLimit, testLimit } = options;
    const settings = {
      dir,
      arrays,
      source,
      baseDirectory: context.baseDirectory,
      download: false,
    };
    const found = await findSource(settings);
    if (found.kind === "synthetic") {
      context.warn(
        `SYNTHETIC DIGITS, not MNIST: ${found.reason}. ${found.advice}`,
      );
    }
    const { dataset, fingerprint, warnings } = await readSource(found, {
      train: trainLimit,
      test: testLimit,
    });
    checkUnchanged(
      fingerprint,
      await fingerprintSource(await findSource(settings)),
    );
    for (const warning of warnings) context.warn(warning);
    context.log({
      dataset: dataset.name,
      train: dataset.train.count,
      test: dataset.test.count,
      height: dataset.height,
      width: dataset.width,
      ...(dataset.channels === undefined ? {} : { channels: dataset.channels }),
      classes: countClasses(dataset.train),
    });
    return { dataset };
  },
});

export default loadMnist;

/** The files that were read must still be there as they were. */
function checkUnchanged(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): void {
  if (isDeepStrictEqual(before, after)) return;
  const changed = Object.keys({ ...before, ...after }).filter((name) =>
    before[name] !== after[name]
  );
  throw new UserError(
    `Cannot use the data set: ${
      changed.join(", ")
    } changed while it was being read`,
    { hint: "Run again when nothing writes to its folder" },
  );
}
