/** The check `shapes`: of everything, for one and more of everything. @module */

import { plural } from "../../../lib/count.ts";
import { type Tensor, tf } from "../../../engine/tf.ts";
import { messageOf } from "../../../lib/errors.ts";
import { kindIfNoTensor } from "../../plugin/check_tensor.ts";
import { type Check, fail, pass } from "../check.ts";
import type { Instance } from "../instance.ts";

const LATENT_DIMS = [1, 2, 20];
const BATCHES = [1, 3];

/** `[B, units]`, `[B, S]` and `[B]`, in float32, for one image and one dimension too. */
export const shapes: Check = {
  name: "shapes",
  title: "Shapes",
  run(subject) {
    const refused: string[] = [];
    const faults: string[] = [];
    for (const latentDim of LATENT_DIMS) {
      const instance = subject.instance(latentDim);
      if (instance === undefined) {
        refused.push(`D=${latentDim}: ${subject.refusal(latentDim)}`);
        continue;
      }
      for (const batch of BATCHES) faults.push(...faultsOf(instance, batch));
    }
    if (faults.length > 0) {
      const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : "";
      return fail(
        `${faults[0]}${more}`,
        "Sum over axis 1 and keep the batch; take sizes from latentDim and from the arguments, never from a constant; return tensors at once, without async",
      );
    }
    const looked = LATENT_DIMS.length - refused.length;
    return pass(
      [
        `B of ${BATCHES.join(", ")} with ${plural(looked, "latent dimension")}`,
        ...refused.map((words) => `refuses ${words}`),
      ].join("; "),
    );
  },
};

function faultsOf(instance: Instance, batch: number): string[] {
  const { width, units, densities, latentDim } = instance;
  const raw = () => tf.zeros([batch, units]).as2D(batch, units);
  const random = instance.random("shapes");
  const latent = () => instance.sample(raw(), random);
  const sites: [string, () => Tensor, readonly number[]][] = [
    ...Object.entries(instance.prior.head).map(
      ([name, parameter]): [string, () => Tensor, readonly number[]] => [
        `head.${name}.constrain`,
        () => parameter.constrain(tf.zeros([batch, parameter.units])),
        [batch, parameter.units],
      ],
    ),
    ["sample", latent, [batch, width]],
    ["klDivergence", () => instance.kl(raw(), random), [batch]],
    ["posteriorMean", () => instance.mean(raw()), [batch, width]],
    ["priorSample", () => instance.priorSample(batch, random), [batch, width]],
  ];
  if (densities !== undefined) {
    sites.push(
      [
        "densities.posterior",
        () => densities.posterior(raw(), latent()),
        [batch],
      ],
      ["densities.prior", () => densities.prior(latent()), [batch]],
    );
  }
  return sites.flatMap(([what, compute, wanted]) => {
    const found = shapeOf(compute);
    const want = `[${wanted.join(",")}]`;
    return found === want
      ? []
      : [`${what} gives ${found}, want ${want} (B=${batch}, D=${latentDim})`];
  });
}

/** `[3,2]`, with the type where it is not float32; what else it is, or what was thrown. */
function shapeOf(compute: () => Tensor): string {
  let words = "";
  try {
    tf.tidy(() => {
      const tensor = compute();
      const kind = kindIfNoTensor(tensor);
      if (kind !== undefined) {
        words = kind;
        return;
      }
      const type = tensor.dtype === "float32" ? "" : ` of ${tensor.dtype}`;
      words = `[${tensor.shape.join(",")}]${type}`;
    });
  } catch (error) {
    words = `an error (${messageOf(error)})`;
  }
  return words;
}
