import { expect, it } from "vitest";
import { withOneDnn } from "../../../core/engine/native/one_dnn.ts";

const NAME = "TF_ENABLE_ONEDNN_OPTS";

function loaded(env: NodeJS.ProcessEnv, arch: NodeJS.Architecture) {
  const during = withOneDnn(() => env[NAME], { env, arch });
  return { during, after: env[NAME] };
}

it("TensorFlow loads with oneDNN, of which no variable stays", () => {
  expect(loaded({}, "x64")).toEqual({ during: "1", after: undefined });
});

it("what the person has set holds, and stays", () => {
  const env = { [NAME]: "0" };
  expect(loaded(env, "x64")).toEqual({ during: "0", after: "0" });
});

it("elsewhere TensorFlow decides", () => {
  expect(loaded({}, "arm64")).toEqual({ during: undefined, after: undefined });
});

it("a load that fails leaves nothing behind", () => {
  const env = {};
  const fail = () => {
    throw new Error("it is broken");
  };
  expect(() => withOneDnn(fail, { env, arch: "x64" })).toThrow("broken");
  expect(env).toEqual({});
});
