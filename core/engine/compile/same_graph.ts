/**
 * Whether two traces of one function are one graph. A random tensor made in
 * JavaScript, a shape that depends on data or a branch on a value shows here:
 * it would freeze into the compiled program.
 *
 * @module
 */

import type { Constant, Graph, GraphNode } from "./graph.ts";
import { TraceError } from "./trace_error.ts";

/**
 * Compares two traces on different inputs.
 *
 * @throws {TraceError} naming the first place where they differ.
 */
export function requireSameGraph(first: Graph, second: Graph): void {
  first.nodes.forEach((node, index) => {
    const other = second.nodes[index];
    if (other === undefined || structure(node) !== structure(other)) {
      throw new TraceError(
        `The computation takes another course for other data, so it cannot be compiled: ${
          describe(node)
        } against ${other === undefined ? "nothing" : describe(other)}`,
      );
    }
    if (node.kind === "const" && !sameValues(node, other as Constant)) {
      throw new TraceError(
        `A tensor made in JavaScript changes from run to run, so it cannot be compiled ` +
          `(draw random numbers from the \`random\` argument instead): ${node.origin()}`,
      );
    }
  });
  if (second.nodes.length !== first.nodes.length) {
    throw new TraceError(
      `The computation takes another course for other data, so it cannot be compiled: ` +
        `${first.nodes.length} operations against ${second.nodes.length}`,
    );
  }
}

function structure(node: GraphNode): string {
  switch (node.kind) {
    case "const":
      return `const ${node.dtype} ${node.shape}`;
    case "placeholder":
      return `placeholder ${node.name} ${node.dtype} ${node.shape}`;
    case "op":
      return JSON.stringify([
        node.op,
        node.attributes,
        node.inputs,
        node.outputs,
      ]);
  }
}

function describe(node: GraphNode): string {
  return node.kind === "op"
    ? `operation ${node.op}`
    : node.kind === "const"
    ? `a constant of shape [${node.shape}] (${node.origin()})`
    : `the input "${node.name}"`;
}

function sameValues(a: Constant, b: Constant): boolean {
  const bytes = ({ values }: Constant) =>
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return Buffer.compare(bytes(a), bytes(b)) === 0;
}
