import { expect, test } from "vitest";
import {
  describeProcessor,
  engineSurroundings,
} from "../../core/engine/surroundings.ts";
import {
  fusesMultiplyAdd,
  hasRelaxedSimd,
} from "../../core/engine/wasm/relaxed_simd.ts";

test("the native engine depends on threads, processor and variables", () => {
  const env = {
    PATH: "/bin",
    TF_CPP_MIN_LOG_LEVEL: "0",
    TF_NUM_INTEROP_THREADS: "8",
    TF_VAR_password: "Terraform's",
    ONEDNN_VERBOSE: "1",
    TF_ENABLE_ONEDNN_OPTS: "0",
    ONEDNN_MAX_CPU_ISA: "AVX2",
  };
  expect(engineSurroundings("native", 2, env)).toEqual({
    threads: "2",
    cpu: describeProcessor(),
    "env.TF_ENABLE_ONEDNN_OPTS": "0",
    "env.ONEDNN_MAX_CPU_ISA": "AVX2",
  });
});

test("the others depend on none of these", () => {
  const env = { TF_ENABLE_ONEDNN_OPTS: "0" };
  expect(engineSurroundings("wasm", 2, env)).toEqual({});
  expect(engineSurroundings("cpu", 2, env)).toEqual({});
});

test("the processor is described, and the same way each time", () => {
  expect(describeProcessor()).toMatch(new RegExp(`^${process.arch} \\S`));
  expect(describeProcessor()).toBe(describeProcessor());
});

test("WebAssembly multiplies and adds in one rounding where it can", () => {
  const can = /avx2|avx512|arm64/.test(describeProcessor());
  expect(fusesMultiplyAdd()).toBe(can && hasRelaxedSimd());
});
