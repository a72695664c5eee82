// Who writes an option that a stage had once is told where it is now.

import { expect, test } from "vitest";
import { UserError } from "../../core/lib/errors.ts";
import { normaliseConfig } from "../../core/vae/normalise.ts";

const priors = ["gaussian"];

test.each<[Readonly<Record<string, unknown>>, string]>([
  [
    { priors, build_encoder: { hidden: [300, 200] } },
    '"build_encoder.hidden" is an option of networks now: write "networks": ["mlp",{"hidden":[300,200]}], or --set \'networks=["mlp",{"hidden":[300,200]}]\'',
  ],
  [
    { priors, attach_prior: { decoderHidden: [8] } },
    'write "networks": ["mlp",{"decoderHidden":[8]}]',
  ],
  [
    { priors, train: { klWeight: 4 } },
    'write "objectives": ["elbo",{"klWeight":4}]',
  ],
  [
    { priors, presets: { quick: { train: { klWarmupEpochs: 2 } } } },
    'write "objectives": ["elbo",{"warmupEpochs":2}]',
  ],
  [
    { priors, matrix: { "train.klWeight": [0.5, 1] } },
    'write "objectives": [["elbo",{"klWeight":0.5}],["elbo",{"klWeight":1}]]',
  ],
])("of %j", async (config, hint) => {
  const fault = await normaliseConfig(config).catch((error) => error);
  expect(fault).toBeInstanceOf(UserError);
  expect(fault.message).toMatch(/^Cannot read "/);
  expect(fault.hint).toContain(hint);
});
