/**
 * Seeded draws in TensorFlow operations.
 *
 * @module
 */

import type { BindingTensor } from "../ops/native_op.ts";
import type { NativeGraph } from "./native_graph.ts";

/** Where draws come from, and their shape. */
export interface DrawsSource {
  readonly shape: readonly number[];
  readonly key: number;
  readonly step: BindingTensor;
}

/** Philox, by TensorFlow's number. */
const PHILOX = 1;

/**
 * Draws of a stream that begins at (key, step): entries in order, four for each
 * number of the counter, so that a part of them can be had by itself.
 */
export function statelessDraws(
  graph: NativeGraph,
  name: "StatelessRandomUniformV2" | "StatelessRandomNormalV2",
  { shape, key, step }: DrawsSource,
): BindingTensor {
  const seed = seedOf(graph, { key, step });
  const [philoxKey, counter] = graph.executeAll(
    "StatelessRandomGetKeyCounter",
    { Tseed: seed.dtype },
    [seed],
    [],
    2,
  ) as [BindingTensor, BindingTensor];
  const size = graph.integers(shape, [shape.length]);
  const algorithm = graph.integers([PHILOX], []);
  const types = { dtype: graph.float32, Tshape: size.dtype };
  return graph.execute(name, types, [size, philoxKey, counter, algorithm]);
}

/** The seed (key, step). */
function seedOf(
  graph: NativeGraph,
  { key, step }: Pick<DrawsSource, "key" | "step">,
): BindingTensor {
  const number = graph.integers([key], []);
  const int = number.dtype;
  return graph.execute("Pack", { T: int }, [
    number,
    graph.cast(step, int),
  ], [graph.count("N", 2), graph.count("axis", 0)]);
}

/** Rows are drawn in so many blocks, side by side where there are threads. */
const BLOCKS = 4;

/**
 * Draws from Gamma(a, 1). Each block of rows has a key of its own, whatever the
 * number of threads, and so the same draws.
 */
export function gammaDraws(
  graph: NativeGraph,
  a: BindingTensor,
  { key, step }: Pick<DrawsSource, "key" | "step">,
): BindingTensor {
  const blocks = splitRows(graph, a).map((block, index) => {
    const seed = seedOf(graph, {
      key: (key + Math.imul(index, 0x9e3779b1)) | 0,
      step,
    });
    const size = graph.integers(block.shape, [block.shape.length]);
    const types = { dtype: graph.float32, T: size.dtype, Tseed: seed.dtype };
    return graph.execute("StatelessRandomGammaV2", types, [size, seed, block]);
  });
  return concatRows(graph, blocks);
}

/** `x` cut into blocks of rows; in one where they do not divide. */
function splitRows(graph: NativeGraph, x: BindingTensor): BindingTensor[] {
  const [rows = 0] = x.shape;
  if (rows === 0 || rows % BLOCKS !== 0) return [x];
  return graph.executeAll(
    "Split",
    { T: x.dtype },
    [graph.integers([0], []), x],
    [graph.count("num_split", BLOCKS)],
    BLOCKS,
  );
}

/** Blocks of rows one below the other. */
function concatRows(
  graph: NativeGraph,
  blocks: readonly BindingTensor[],
): BindingTensor {
  if (blocks.length === 1) return blocks[0]!;
  const axis = graph.integers([0], []);
  const types = { T: blocks[0]!.dtype, Tidx: axis.dtype };
  return graph.execute("ConcatV2", types, [...blocks, axis], [
    graph.count("N", blocks.length),
  ]);
}
