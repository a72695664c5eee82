/**
 * Arrays as `.npy`, NumPy's own format (NEP 1): a text header padded to 64
 * bytes, then the numbers.
 *
 * @module
 */

import { axesOfImage } from "../lib/image_shape.ts";
import { encodedMeans } from "./encoded_means.ts";
import { type Format, imageBatches, type OutputFile } from "./format.ts";

/** `samples.npy` and the like. */
export const npy: Format = {
  name: "npy",
  description:
    "samples, latents, reconstructions and posterior means for np.load",
  engine: "any",
  hasWeights: true,
  files: (trial) => {
    const files: OutputFile[] = [];
    const add = (
      name: string,
      shape: readonly number[],
      data: Float32Array | Uint8Array,
    ) => files.push({ path: `${name}.npy`, data: encodeNpy(shape, data) });
    for (const [name, batch] of imageBatches(trial)) {
      add(name, [batch.count, ...axesOfImage(batch)], batch.pixels);
    }
    const width = trial.training.architecture.latentWidth;
    if (trial.samples !== null) {
      const { generated, latents } = trial.samples;
      add("latents", [generated.count, width], latents);
    }
    if (trial.test !== null) {
      add("posterior_means", [trial.test.count, width], encodedMeans(trial));
      add("labels", [trial.test.count], trial.test.labels);
    }
    return Promise.resolve(files);
  },
};

const MAGIC = "\x93NUMPY\x01\x00";

/** The bytes of an array in C order. */
export function encodeNpy(
  shape: readonly number[],
  data: Float32Array | Uint8Array,
): Uint8Array {
  const type = data instanceof Uint8Array ? "|u1" : "<f4";
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const header =
    `{'descr': '${type}', 'fortran_order': False, 'shape': (${sides}), }`;
  // With a newline at the end, after which the numbers are aligned.
  const start = Math.ceil((MAGIC.length + 2 + header.length + 1) / 64) * 64;
  const text = `${header.padEnd(start - MAGIC.length - 3)}\n`;
  const bytes = new Uint8Array(start + data.byteLength);
  bytes.set(Buffer.from(MAGIC, "latin1"));
  new DataView(bytes.buffer).setUint16(MAGIC.length, text.length, true);
  bytes.set(Buffer.from(text, "latin1"), MAGIC.length + 2);
  bytes.set(
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    start,
  );
  return bytes;
}
