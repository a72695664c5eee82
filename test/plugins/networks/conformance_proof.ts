// Every network of plugins/networks/ through the checks of `vae-priors check`,
// with options that change its layers. Few units do what many do.

import { describe, it } from "vitest";
import type { EngineName } from "../../../core/engine/engine.ts";
import { testNetwork } from "../../../core/testing.ts";
import { conv, mlp, resnet } from "../../../plugins/networks/mod.ts";
import { nativeMissing } from "../../engine/backends.ts";

const small = { widths: [4, 6], dense: 16 };
const hidden = [24, 24];

const engine: EngineName = nativeMissing() ? "wasm" : "native";
const cases = [
  [mlp, { hidden: [24] }],
  [mlp, { hidden, activation: "gated" }],
  [mlp, { hidden, activation: "elu", residual: true }],
  [mlp, { hidden, activation: "gelu", decoderHidden: [12] }],
  [mlp, { hidden, activation: "tanh" }],
  [conv, small],
  [conv, { ...small, dense: null, size: 4, stride: 3, activation: "elu" }],
  [resnet, small],
  [resnet, { ...small, dense: null, up: "nearest", activation: "elu" }],
] as const;

for (const [plugin, options] of cases) {
  await testNetwork(plugin, { describe, it, engine, options });
}
